// A small news site that reads Masthead: one file, plain Node, rendered here, without a script in the browser.
//   MASTHEAD_URL  the API, http://127.0.0.1:3000      SITE_NAME       what stands at the top
//   PORT          of this site, 4000                  MEDIA_BASE_URL  where relative pictures are, if anywhere
import { createServer } from 'node:http'

const api = new URL(process.env.MASTHEAD_URL ?? 'http://127.0.0.1:3000')
const siteName = process.env.SITE_NAME ?? 'The Masthead Reader'
const mediaBaseUrl = process.env.MEDIA_BASE_URL

/** What a list shows of an article: asked for by name, an answer has no more than this. */
const shown = 'id,slug,locale,title,summary,excerpt,publishedAt,topics,authors,readingMinutes'

// ---- reading the API

/** A refusal of the API, or none at all: a page that says so. */
class PageError extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

/** What the API answers; parameters that are undefined or null are left out. */
async function read(path, parameters = {}) {
  const url = new URL(path, api)
  for (const [name, value] of Object.entries(parameters)) if (value != null) url.searchParams.set(name, value)
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch((error) => {
    console.error(`${url}: ${error.cause?.code ?? error.message}`)
    throw new PageError(502, 'The newsroom can’t be reached just now. Please try again in a minute.')
  })
  const answer = await response.json()
  // Problem details, RFC 9457: `detail` is a sentence for people.
  if (!response.ok) throw new PageError(response.status, answer.detail)
  return answer
}

const segment = encodeURIComponent

// ---- html: what is put into a template is escaped, unless it is html already

class Html {
  constructor(text) {
    this.text = text
  }
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function markup(value) {
  if (value == null || value === false) return ''
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(markup).join('')
  return String(value).replace(/[&<>"']/g, (character) => entities[character])
}

const html = (strings, ...values) => new Html(String.raw({ raw: strings }, ...values.map(markup)))

const articlePath = ({ locale, slug }) => `/${segment(locale)}/${segment(slug)}`
const articleLink = (article) =>
  html`<a href="${articlePath(article)}" lang="${article.locale}" hreflang="${article.locale}">${article.title}</a>`
const termLinks = (kind, terms) =>
  terms.map(({ slug, name }) => html`<a href="/${kind}/${segment(slug)}">${name}</a> `)

const days = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' })
const day = (instant) => html`<time datetime="${instant}">${days.format(new Date(instant))}</time>`

const byline = ({ authors, publishedAt, readingMinutes }) => html`<p class="byline" lang="en">
  ${termLinks('authors', authors)} ${day(publishedAt)} · ${readingMinutes} min</p>`

/** Documents may name pictures by paths: those are shown where it is known what they are paths of. */
function picture(image) {
  if (!image || !URL.canParse(image.url, mediaBaseUrl)) return ''
  return html`<figure class="featured">
    <img src="${new URL(image.url, mediaBaseUrl)}" alt="${image.alt}">
    ${(image.caption || image.credit) && html`<figcaption>${image.caption} <small>${image.credit}</small></figcaption>`}
  </figure>`
}

// ---- pages

const listItem = (article) => html`<li lang="${article.locale}">
  <p class="kicker">${termLinks('topics', article.topics)}</p>
  <h2>${articleLink(article)}</h2>
  <p>${article.summary ?? article.excerpt}</p>
  ${byline(article)}
</li>`

/** One page of a list, and the ways to its neighbours: `page.prev` and `page.next` are cursors, or null. */
function list({ data, page }) {
  if (data.length === 0) return html`<p>Nothing here yet.</p>`
  return html`<ol class="stories">${data.map(listItem)}</ol>
<nav class="pages" aria-label="Pages">
  ${page.prev && html`<a rel="prev" href="?cursor=${segment(page.prev)}">← Newer</a>`}
  ${page.next && html`<a rel="next" href="?cursor=${segment(page.next)}">Older →</a>`}
</nav>`
}

async function frontPage({ cursor }) {
  const stories = await read('/v1/articles', { limit: 10, fields: shown, cursor })
  return { title: siteName, body: html`<h1 class="hidden">Latest stories</h1>${list(stories)}` }
}

/** What each kind of term is called among the parameters of the list. */
const kinds = { topics: 'topic', tags: 'tag', authors: 'author' }

async function termPage(kind, ref, { cursor }) {
  const term = await read(`/v1/${kind}/${ref}`)
  const stories = await read('/v1/articles', { [kinds[kind]]: term.slug, limit: 10, fields: shown, cursor })
  const count = term.articleCount === 1 ? '1 story' : `${term.articleCount} stories`
  const body = html`<header><p class="kicker">${kinds[kind]}</p><h1>${term.name}</h1>
    <p class="byline">${count}</p><p>${term.description ?? term.bio}</p></header>${list(stories)}`
  return { path: `/${kind}/${segment(term.slug)}`, title: `${term.name} · ${siteName}`, body }
}

const contents = (sections) =>
  sections.length > 2 &&
  html`<nav class="toc" aria-labelledby="toc"><h2 id="toc" lang="en">In this story</h2>
  <ol>${sections.map(({ id, text }) => html`<li><a href="#${segment(id)}">${text}</a></li>`)}</ol></nav>`

const listed = (title, items) =>
  items.length > 0 &&
  html`<section><h2 lang="en">${title}</h2><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></section>`

/** What a footnote is to programs: a title, an address, a publisher, a date, and a source that others cite too. */
const citation = ({ title, text, url, publisher, publishedOn, source }) =>
  html`<a href="${url}" rel="noopener">${title ?? text}</a>
  <small>${[publisher, publishedOn, source.domain].filter(Boolean).join(' · ')}</small>`

async function articlePage(locale, ref) {
  const article = await read(`/v1/articles/${ref}`, { locale })
  const brief = { fields: 'slug,locale,title' }
  const [near, related] = await Promise.all([
    read(`/v1/articles/${article.id}/neighbors`, brief),
    read(`/v1/articles/${article.id}/related`, { ...brief, limit: 4 }),
  ])
  const [first] = article.toc
  const showsTitle = first?.level === 1 && first.text === article.title
  const body = html`<article lang="${article.locale}">
  <p class="kicker">${termLinks('topics', article.topics)}</p>
  ${!showsTitle && html`<h1>${article.title}</h1>`}
  <p class="summary">${article.summary}</p>
  ${byline(article)}
  ${picture(article.featuredImage)}
  ${contents(article.toc.filter(({ level }) => level === 2))}
  <div class="text">${new Html(article.html)}</div>
</article>
<footer class="after" lang="${article.locale}">
  ${listed('Sources', article.citations.filter(({ source }) => source !== null).map(citation))}
  ${listed('Related', related.data.map(articleLink))}
  ${listed('Tags', termLinks('tags', article.tags))}
  <nav class="pages" aria-label="By date">
    ${near.previous && html`<span>← ${articleLink(near.previous)}</span>`}
    ${near.next && html`<span class="next">${articleLink(near.next)} →</span>`}
  </nav>
</footer>`
  const description = article.summary ?? article.excerpt
  return { path: articlePath(article), title: `${article.title} · ${siteName}`, description, body }
}

function layout({ title, description, body }, topics) {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${description && html`<meta name="description" content="${description}">`}
<link rel="icon" href="data:,">
<link rel="alternate" type="application/rss+xml" title="${siteName}" href="${new URL('/feeds/rss.xml', api)}">
<link rel="stylesheet" href="/style.css">
</head><body>
<header class="site"><a href="/">${siteName}</a>
<nav aria-label="Topics">${termLinks('topics', topics)}</nav></header>
<main>${body}</main>
</body></html>
`.text
}

function errorPage(error) {
  if (!(error instanceof PageError)) console.error(error)
  const { status = 500, message = '' } = error instanceof PageError ? error : {}
  const title = { 404: 'Not found', 410: 'No longer here' }[status] ?? 'Something went wrong'
  return { status, title, body: html`<h1>${title}</h1><p>${message}</p>` }
}

// ---- serving

/** The page at an address. The API follows other spellings and old slugs; `path` is the one readers should see. */
async function pageAt({ pathname, searchParams }) {
  const query = { cursor: searchParams.get('cursor') }
  const [, first, second, ...others] = pathname.split('/')
  if (pathname === '/') return frontPage(query)
  if (!second || others.length > 0) throw new PageError(404, 'There is no such page.')
  return Object.hasOwn(kinds, first) ? termPage(first, second, query) : articlePage(first, second)
}

/** The topics of the newsroom, in its order. */
const readTopics = async () => (await read('/v1/topics', { limit: 8 })).data

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src http: https: data:",
}

const server = createServer(async (request, response) => {
  const url = new URL(`http://site${request.url}`)
  const send = (status, headers, body) => response.writeHead(status, headers).end(body)
  if (url.pathname === '/style.css') return send(200, { 'content-type': 'text/css; charset=utf-8' }, style)
  const reading = Promise.all([pageAt(url), readTopics()])
  const [page, topics] = await reading.catch((error) => [errorPage(error), []])
  if (page.path && page.path !== url.pathname) send(301, { location: page.path })
  else send(page.status ?? 200, headers, layout(page, topics))
})

const style = `
:root { color-scheme: light dark; --paper: light-dark(#fdfcf9, #171614); --ink: light-dark(#1d1b18, #e9e4db);
  --soft: light-dark(#67625a, #a29b90); --line: light-dark(#dfdad0, #37342f); --accent: light-dark(#8c2f1b, #f0a48c);
  --serif: 'Iowan Old Style', 'Source Serif 4', Georgia, 'Noto Serif CJK SC', 'Songti SC', serif;
  --sans: system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif }
* { box-sizing: border-box } html { font: 1.125rem/1.65 var(--serif); background: var(--paper); color: var(--ink) }
body { max-width: 40rem; margin: 0 auto; padding: 0 1.25rem 5rem; overflow-wrap: break-word; text-autospace: normal }
:is(p, li, td):lang(zh) { line-height: 1.85 }
a { color: inherit; text-decoration: 1px underline var(--accent); text-underline-offset: .18em } a:hover { color: var(--accent) }
h1, h2, h3 { line-height: 1.3; text-wrap: balance; margin: 2em 0 .5em } h1 { font-size: 2.1rem; margin-top: .2em }
p { margin: 0 0 1em; text-wrap: pretty } p:empty { display: none } img { max-width: 100%; height: auto }
.site, .byline, .kicker, .toc, .after, .pages, figcaption { font: .82rem/1.6 var(--sans); color: var(--soft) }
.site { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; align-items: baseline; justify-content: space-between }
.site { border-bottom: 1px solid var(--line); padding: 1.4rem 0 .8rem; margin-bottom: 2.5rem }
.site > a { font: 700 1.25rem/1.3 var(--serif); color: var(--ink) }
:is(.site, .kicker, .byline, .stories h2) a, .text sup a { text-decoration: none }
:is(.site nav, .kicker, .byline) a { margin-right: .6em; display: inline-block }
.kicker { margin: 0 0 .3em; color: var(--accent) } .summary { font-size: 1.15rem; color: var(--soft) }
.hidden { position: absolute; clip-path: inset(50%) } .stories { list-style: none; padding: 0 }
.stories > li, .site + main header { border-bottom: 1px solid var(--line); padding-bottom: .6rem; margin-bottom: 1.6rem }
.stories h2 { margin: 0 0 .3em }
.pages { display: flex; flex-wrap: wrap; gap: .5rem 2rem; justify-content: space-between; margin-top: 2rem }
.pages :is(.next, [rel='next']) { margin-left: auto }
.toc { border-left: 2px solid var(--line); padding-left: 1rem; margin: 2rem 0 }
:is(.toc, .after) h2 { font: 600 1em/1.5 var(--sans); color: var(--ink); margin: 1.6em 0 .4em }
:is(.toc, .after) :is(ol, ul) { margin: 0; padding-left: 1.2rem }
.text blockquote { margin: 1.5rem 0; padding-left: 1.2rem; border-left: 3px solid var(--accent); color: var(--soft) }
.text :is(pre, table) { display: block; overflow-x: auto; border-collapse: collapse; font-size: .85rem }
.text :is(th, td) { border-bottom: 1px solid var(--line); padding: .35rem .8rem .35rem 0; text-align: start }
.footnotes, .after { border-top: 1px solid var(--line); margin-top: 3rem; font-size: .85rem }
.footnote-ref, .footnote-backref { color: var(--accent); padding: 0 .15em } sup { line-height: 0; font-size: .7em }
:target { background: light-dark(#fbeec2, #463a17); scroll-margin-top: 30vh }
@media print { .site nav, .toc, .after, .footnote-backref { display: none } }
`

server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1', () => {
  console.log(`${siteName} is at http://127.0.0.1:${server.address().port}, and reads ${api.origin}`)
})
