import type { FieldError } from '#src/platform/errors.ts'

/** What a code means: the text of its page, and an example for the documentation. */
export interface ProblemDefinition {
  readonly status: number
  /** The same for each occurrence (RFC 9457 §3.1.3). */
  readonly title: string
  /** When it is given. */
  readonly explanation: string
  /** What the client can do. */
  readonly remedy: string
  /** What an occurrence says. */
  readonly example: {
    readonly detail: string
    readonly errors?: readonly FieldError[]
    readonly extensions?: Readonly<Record<string, unknown>>
  }
}

/**
 * Every code that an answer can carry. A code is a promise to clients: it is never renamed.
 * A new refusal begins with an entry here; without it, it doesn't compile.
 */
export const problemCodes = {
  malformed_request: {
    status: 400,
    title: 'The request is not valid HTTP',
    explanation: 'The request line, the headers or the framing of the body break the rules of HTTP.',
    remedy: 'Send the request with a well-kept HTTP client, and look for a proxy that changes it on the way.',
    example: { detail: 'The request is not valid HTTP.' },
  },
  invalid_url: {
    status: 400,
    title: 'The address is not valid',
    explanation:
      'The address can’t be decoded: a percent sign without two hexadecimal digits, or bytes that are not UTF-8.',
    remedy: 'Percent-encode names and values as UTF-8 (RFC 3986).',
    example: {
      detail:
        'The address "/v1/articles/%zz" can’t be decoded at "%zz". Percent-encode UTF-8; a percent sign itself is %25.',
    },
  },
  invalid_parameters: {
    status: 400,
    title: 'A parameter is not valid',
    explanation:
      'A parameter of the query, a part of the path or a header has a value that can’t be used, is given more than once, or is not known here.',
    remedy: 'Each entry of "errors" names the parameter and says what would be right.',
    example: {
      detail: 'Unknown parameter "limt". Did you mean "limit"?',
      errors: [
        {
          in: 'query',
          path: 'limt',
          message: 'Unknown parameter "limt". Did you mean "limit"?',
          code: 'unknown_parameter',
        },
      ],
    },
  },
  invalid_cursor: {
    status: 400,
    title: 'The cursor is not valid',
    explanation:
      'A cursor is opaque and belongs to the list, sort and filters that it was given for, spelled as they were: "tag=ai" and "tag=AI" are two.',
    remedy:
      'Follow "page.next" or the Link header as given; begin again without a cursor when filter or sort change.',
    example: {
      detail: 'The cursor is not one that this list gave. Begin without one.',
      errors: [
        {
          in: 'query',
          path: 'cursor',
          message: 'The cursor is not one that this list gave. Begin without one.',
          code: 'invalid_cursor',
        },
      ],
    },
  },
  empty_body: {
    status: 400,
    title: 'The body is missing',
    explanation: 'This operation needs a body, and the request has none.',
    remedy: 'Send one of the types that the operation accepts, with its Content-Type.',
    example: { detail: 'The body is empty. Send application/json or text/markdown.' },
  },
  invalid_json: {
    status: 400,
    title: 'The body is not valid JSON',
    explanation:
      'The body can’t be read as JSON (RFC 8259), names a key twice, or is nested deeper than any article needs.',
    remedy: 'Line and column in "errors" show the place.',
    example: {
      detail: 'Line 3, column 1: Expected a key in double quotes.',
      errors: [
        {
          in: 'body',
          path: '',
          line: 3,
          column: 1,
          message: 'Expected a key in double quotes.',
          code: 'invalid_json',
        },
      ],
    },
  },
  invalid_encoding: {
    status: 400,
    title: 'The body is not valid UTF-8',
    explanation: 'The body has bytes that are not UTF-8. Nothing is replaced in silence.',
    remedy: 'Encode the text as UTF-8. "errors" names the first byte that is wrong.',
    example: {
      detail:
        'The body is not UTF-8, at line 1, column 13. The byte at offset 12 (0xE9) belongs to no UTF-8 character.',
      errors: [
        {
          in: 'body',
          path: '',
          line: 1,
          column: 13,
          message: 'The byte at offset 12 (0xE9) belongs to no UTF-8 character.',
          code: 'invalid_utf8',
        },
      ],
    },
  },
  unreadable_document: {
    status: 400,
    title: 'The document can’t be read',
    explanation:
      'The front matter of the Markdown document can’t be parsed, so nothing is known of its fields.',
    remedy: 'Line and column in "errors" show each place in the document.',
    example: {
      detail: 'The key "title" is given twice, on line 2 and on line 4. Keep one of them.',
      errors: [
        {
          in: 'body',
          path: '',
          line: 4,
          column: 1,
          message: 'The key "title" is given twice, on line 2 and on line 4. Keep one of them.',
          code: 'front_matter_duplicate_key',
        },
      ],
    },
  },
  unauthorized: {
    status: 401,
    title: 'A valid API key is needed',
    explanation: 'The operation needs an API key, or the key that was sent is unknown, expired or revoked.',
    remedy: 'Send "Authorization: Bearer <key>".',
    example: { detail: 'This needs an API key: send the header "Authorization: Bearer mh_…".' },
  },
  forbidden: {
    status: 403,
    title: 'The key may not do this',
    explanation: 'The key is valid, and its role has no permission for the operation.',
    remedy: 'Use a key with a role that may, or ask an administrator.',
    example: { detail: 'A key with the role "reader" may not do this.' },
  },
  route_not_found: {
    status: 404,
    title: 'There is nothing at this address',
    explanation: 'No operation has this path.',
    remedy: 'Compare the path with the documentation at /docs.',
    example: { detail: 'There is nothing at /v1/artikles. The API is described at /docs.' },
  },
  not_found: {
    status: 404,
    title: 'Not found',
    explanation: 'What the address names does not exist, or is not visible to this caller.',
    remedy: 'Look for it in the list, or send a key that may see it.',
    example: { detail: 'There is no such article.' },
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    explanation: 'The path exists, but not with this method.',
    remedy: 'Use one of the methods in the Allow header.',
    example: { detail: 'DELETE is not possible at /v1/tags. Allowed: GET, HEAD, OPTIONS.' },
  },
  not_acceptable: {
    status: 406,
    title: 'None of the accepted types can be given',
    explanation: 'The Accept header names no type in which this can be represented.',
    remedy: 'Accept one of the types in "acceptable".',
    example: {
      detail: 'This can be given as application/json, not as image/png.',
      extensions: { acceptable: ['application/json'] },
    },
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    explanation: 'The connection was open, but the request was not complete in time.',
    remedy: 'Send it again.',
    example: { detail: 'The request was not complete in time.' },
  },
  slug_taken: {
    status: 409,
    title: 'The slug is taken',
    explanation: 'Another article in the same locale has this slug, or another tag, topic or author.',
    remedy: 'Choose another slug, or leave it out to have one made from the title or name.',
    example: {
      detail: 'The slug "silicon-valley-ai-war" is taken in the locale "zh-CN".',
      extensions: {
        holder: {
          id: '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
          slug: 'silicon-valley-ai-war',
          locale: 'zh-CN',
          title: '硅谷AI大战',
        },
      },
    },
  },
  name_taken: {
    status: 409,
    title: 'The name is taken',
    explanation: 'Another tag, topic or author has this name, or has it as an alias.',
    remedy: 'Merge the two, or take the alias from its holder first.',
    example: {
      detail: '"Open AI" is a name of the tag "OpenAI" (openai). Merge the two, or take it from there first.',
      extensions: { holder: { slug: 'openai', name: 'OpenAI' } },
    },
  },
  term_in_use: {
    status: 409,
    title: 'Articles have it',
    explanation:
      'The tag, topic or author can’t be deleted while articles have it, drafts and the trash included.',
    remedy: 'Merge it into another, or send ?force=true to take it out of at most 1,000 articles.',
    example: {
      detail:
        '3 articles have this tag, drafts and the trash included. Send ?force=true to take it out of them.',
      extensions: { articleCount: 3 },
    },
  },
  alias_in_use: {
    status: 409,
    title: 'Documents spell the alias',
    explanation:
      'An alias of a tag, topic or author can’t be dropped while documents spell it, drafts and the trash included: read again, they would name something else.',
    remedy: 'Keep the alias, or PUT documents first that write another name. "aliases" counts them.',
    example: {
      detail:
        'Documents spell this tag so, drafts and the trash included: "机器人" (3). Keep the alias, or PUT documents first that write another name.',
      extensions: { aliases: [{ name: '机器人', articleCount: 3 }] },
    },
  },
  redirect_taken: {
    status: 409,
    title: 'The path leads somewhere already',
    explanation: 'A path of the site has one redirect.',
    remedy: 'Delete the redirect that is there first.',
    example: {
      detail: 'There is a redirect from "/2019/old.html" already.',
      extensions: {
        holder: {
          id: '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
          from: '/2019/old.html',
          to: '/silicon-valley-ai-war',
        },
      },
    },
  },
  path_taken: {
    status: 409,
    title: 'An article has the path',
    explanation: 'Readers find an article at the path, so a redirect from there would lead nobody elsewhere.',
    remedy: 'Withdraw the article or give it another slug first, or choose another path.',
    example: {
      detail: 'Readers find the article "silicon-valley-ai-war" at "/silicon-valley-ai-war".',
      extensions: {
        holder: {
          id: '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
          slug: 'silicon-valley-ai-war',
          locale: 'zh-CN',
          url: 'https://example.org/silicon-valley-ai-war',
        },
      },
    },
  },
  last_admin_key: {
    status: 409,
    title: 'It is the last admin key',
    explanation:
      'One admin key that does not expire must stay: without it nobody could make or change keys any more.',
    remedy: 'Make another admin key that does not expire first.',
    example: {
      detail:
        'This is the last admin key that does not expire: it can’t be revoked, given another role or an expiry. Make another one first.',
    },
  },
  invalid_transition: {
    status: 409,
    title: 'The article is not in a state for that',
    explanation:
      'What was asked leads nowhere from where the article is, such as restoring one that is not in the trash.',
    remedy: '"possible" lists what can be done with the article now.',
    example: { detail: 'The article is not in the trash.', extensions: { possible: ['publish', 'trash'] } },
  },
  gone: {
    status: 410,
    title: 'The article was withdrawn',
    explanation: 'It was public once, and is in the trash now.',
    remedy: 'Remove what links to it.',
    example: { detail: 'The article was withdrawn.' },
  },
  precondition_failed: {
    status: 412,
    title: 'The article has changed',
    explanation:
      'Its present revision is not the one that If-Match names: somebody else has written in between.',
    remedy: 'Read the article again, apply the change to it, and send If-Match with its new ETag.',
    example: { detail: 'The article has changed: it is at revision 4 now.', extensions: { revision: 4 } },
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    explanation: 'A body has at most 5 MiB.',
    remedy: 'Send less: images and other files belong on a media host, and are linked.',
    example: { detail: 'The body has more than 5 MiB (5,242,880 bytes).' },
  },
  url_too_long: {
    status: 414,
    title: 'The address is too long',
    explanation: 'The address, or a part of its path, is longer than anything here is called.',
    remedy:
      'An address has at most 8 KiB, a slug 200 characters. Ask for long lists of ids or tags in parts.',
    example: {
      detail: 'The address has 16,384 bytes; 8 KiB are the most, and 200 characters for a name in the path.',
    },
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body’s type is not accepted here',
    explanation:
      'The Content-Type is missing or none of those that the operation accepts, or its charset is not UTF-8.',
    remedy: 'Send one of the types in the Accept-Post or Accept-Patch header, in UTF-8, not compressed.',
    example: { detail: 'The body is "text/plain"; this accepts application/json and text/markdown.' },
  },
  invalid_body: {
    status: 422,
    title: 'The body is not valid',
    explanation: 'The body can be read, but fields are missing, unknown or have values that can’t be used.',
    remedy: 'Each entry of "errors" has the field’s JSON Pointer and says what would be right.',
    example: {
      detail: 'Unknown field "titel". Did you mean "title"?',
      errors: [
        {
          in: 'body',
          path: '/titel',
          message: 'Unknown field "titel". Did you mean "title"?',
          code: 'unknown_field',
        },
      ],
    },
  },
  invalid_document: {
    status: 422,
    title: 'The document is not valid',
    explanation:
      'The Markdown document can be read, but something in it can’t be used: a date that is none, no title.',
    remedy: 'Line and column in "errors" show each place in the document.',
    example: {
      detail: '"2015-02-30" is no date: 2015-02 has 28 days. Correct it.',
      errors: [
        {
          in: 'body',
          path: '',
          line: 3,
          column: 7,
          message: '"2015-02-30" is no date: 2015-02 has 28 days. Correct it.',
          code: 'invalid_date',
        },
      ],
    },
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    explanation:
      'The caller has used up what it may ask for at the moment: reads of an address or a key, writes of a key, or keys that are not valid. The member "limit" says which; nothing was looked up or changed.',
    remedy: 'Wait for as many seconds as Retry-After says. RateLimit-Policy says how much is allowed.',
    example: {
      detail:
        'Too many writes with this key: 100 a second, 1,000 at once, are allowed. Try again in a second.',
      extensions: { limit: 'writes' },
    },
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    explanation: 'All headers of a request together have at most 16 KiB.',
    remedy: 'Send fewer or shorter headers.',
    example: { detail: 'The headers have more than 16 KiB.' },
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    explanation: 'A fault of the server, not of the request. It is in the log under the request’s id.',
    remedy: 'Report it with its "requestId".',
    example: { detail: 'Something went wrong. It is in the log under this request’s id.' },
  },
  database_unavailable: {
    status: 503,
    title: 'The database does not answer',
    explanation: 'The database is away or overloaded. Nothing was changed.',
    remedy: 'Try again after as many seconds as Retry-After says.',
    example: { detail: 'The database does not answer at the moment. Try again shortly.' },
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    explanation: 'The server is starting or stopping, or the answer was not ready in time.',
    remedy: 'Try again after as many seconds as Retry-After says.',
    example: {
      detail: 'Not ready: the database does not answer.',
      extensions: { checks: { database: 'unreachable' } },
    },
  },
  overloaded: {
    status: 503,
    title: 'The server is overloaded',
    explanation:
      'More is under way than can be answered in time, so this was refused at once: nothing was looked up or changed.',
    remedy: 'Try again after as many seconds as Retry-After says, later each time.',
    example: {
      detail: 'The server has more to do than it can answer in time. Try again shortly.',
    },
  },
} as const satisfies Record<string, ProblemDefinition>

/** A code of the catalogue. */
export type ProblemCode = keyof typeof problemCodes

/** The status that a code stands for. */
export type ProblemStatus<Code extends ProblemCode = ProblemCode> = (typeof problemCodes)[Code]['status']
