/** How the whole API behaves: what the docs page begins with, before any operation. Markdown. */
export const API_INTRODUCTION = `A headless CMS for newsrooms that write in Markdown: the document is the record, the citation is data.

**Reading** needs no key: what is published is public. **Writing** needs an API key, sent as \`Authorization: Bearer <key>\`;
an answer to a key may have drafts in it, and is never kept by caches.

## Keys and roles
Each key has one role, and each role may do what those before it may: \`reader\` (what anybody may, with a rate limit of its
own: the key for sites), \`viewer\` (reads drafts), \`author\` (creates; edits and trashes its own while they are not
published), \`editor\` (all articles, publishing, tags, topics, authors, sources, redirects), \`admin\` (keys, the audit,
metrics, deleting for good). Every operation says which roles it takes, in words and as \`x-roles\`. \`GET /v1/me\` says what a
key may do. A key that is wrong in any way is a 401, on public addresses too; one that may not do this is a 403, or a 404
where it may not even see the thing. Changes take \`?reason=\`, which the audit keeps.

## Limits
Reads and writes are limited by key, reads without one by address; keys that are wrong by address. Beyond a limit comes a
429 with \`Retry-After\`; answers that no cache keeps say in \`RateLimit\` and \`RateLimit-Policy\` what is left. When the server
has more to do than it can answer in time, further requests are a 503 at once.

## Errors
Every refusal is a problem+json (RFC 9457), whatever \`Accept\` says:

\`\`\`json
{
  "type": "/problems/invalid_parameters",
  "title": "A parameter is not valid",
  "status": 400,
  "code": "invalid_parameters",
  "detail": "Unknown parameter \\"limt\\". …",
  "errors": [
    { "in": "query", "path": "limt", "code": "unknown_parameter", "message": "…" }
  ],
  "requestId": "0199…"
}
\`\`\`

Branch on \`code\`, which is stable; \`detail\` says what happened and what would be right; \`errors\` names each parameter,
or the place in the body. \`type\` leads to a page that explains the code. Parameters and fields that are not known are
refused, with the nearest name: a slip never passes in silence. What you may not see is a 404, what was public and is
withdrawn a 410. On 503 wait for \`Retry-After\` seconds.

Every answer carries \`X-Request-Id\`; send one of your own (8 to 64 letters, digits, \`-\`, \`_\`) to find a request again in
the log.

## Paging
A list is \`{ "data": [ … ], "page": { "limit", "next", "prev" } }\`. For the page after this one ask the same address with
\`&cursor=\` and \`page.next\`, for the one before with \`page.prev\`; null says that there is none. The \`Link\` header has both
as ready addresses. A cursor is a place in the list, not a number of a page: what is published or withdrawn meanwhile
neither repeats nor skips an article. It goes with the filter and sort that gave it; another query is a 400. \`limit\` is 1
to 100.

\`GET /v1/articles?limit=20&fields=slug,title,publishedAt\`, then the same with \`&cursor=…\`

## Names in filters
\`tag=a&tag=b\` are articles with both, \`tag=a,b\` those with any of them; the same for \`topic\`. Send that comma as it is:
\`%2C\`, which \`URLSearchParams\` and generated clients make of it, is a comma *within* one name, and finds nothing where
nothing is called so. A tag, topic, author, source or locale that is unknown gives an empty page, no error.

## ETags
Answers carry an \`ETag\`. Send it back as \`If-None-Match\`, and what has not changed is a 304 without a body; browsers do so
by themselves. On a write, \`If-Match\` with the ETag of what you read makes sure that nobody wrote in between: else it is a
412, and nothing is written.

## Caches and CDNs
Browsers may keep what is public, and ask each time (\`Cache-Control: public, max-age=0, must-revalidate\`): a withdrawn story
does not stay. CDNs are told by \`CDN-Cache-Control\` and \`Surrogate-Control\` how long they may keep it, a minute unless the
server is set otherwise, and never beyond a change that is known to come, such as a scheduled story. \`Surrogate-Key\` has
the names to purge by. Many CDNs ignore \`Vary: Accept\`: behind one, ask for other types than JSON with \`?format=\`, as an
answer to \`Accept\` alone is kept by none.

## CORS
Pages of every origin may read what is public, with or without a key, and see the headers \`ETag\`, \`Link\`, \`Location\`,
\`RateLimit\`, \`Retry-After\` and \`X-Request-Id\`; refusals can be read too. Writing from a browser is for the origins that the server’s
setting CORS_ORIGINS names; where it names some, only these may read. No cookies are involved.`
