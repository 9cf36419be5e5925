import { createHash, randomBytes } from 'node:crypto'
import type { FastifyApiReferenceOptions } from '@scalar/fastify-api-reference'
import fastify from 'fastify'
import { fixedRepresentation } from './conditional.ts'
import type { App } from './route-schema.ts'

/** Scalar's settings: as it comes, it asks another host for fonts and offers its maker's services. */
const CONFIGURATION: NonNullable<FastifyApiReferenceOptions['configuration']> = {
  url: '/openapi.json',
  pageTitle: 'Masthead API',
  // The page talks to the server that it came from, by whatever name that was reached: the policy allows no other.
  servers: [{ url: '/' }],
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  showExtensions: ['x-roles'],
  persistAuth: false,
  documentDownloadType: 'direct',
  defaultOpenAllTags: true,
  showOperationId: true,
  // No preferred security scheme: with one, an empty key is sent to public operations too, and refused.
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
}

/**
 * Scalar and the editor in it write style elements and style attributes as they go. Rather than allow everybody's, the
 * page gives theirs the nonce of its policy (one takes it from a meta element), and sets the attributes by the way that policies do not mind (CSP 3 §8.1).
 */
const OWN_STYLES = `{
  const { nonce } = document.currentScript
  const createElement = document.createElement
  document.createElement = function (...args) {
    const element = createElement.apply(this, args)
    if (element.localName === 'style') element.nonce = nonce
    return element
  }
  const setAttribute = Element.prototype.setAttribute
  Element.prototype.setAttribute = function (name, value) {
    if (name === 'style' && 'style' in this) this.style.cssText = value
    else setAttribute.call(this, name, value)
  }
  const innerHTML = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML')
  const set = function (html) {
    innerHTML.set.call(this, String(html).replace(/(<[^<>]*\\s)style="/g, '$1data-own-style="'))
    for (const element of this.querySelectorAll('[data-own-style]')) element.style.cssText = element.dataset.ownStyle
  }
  Object.defineProperty(Element.prototype, 'innerHTML', { ...innerHTML, set })
}`

interface DocsPage {
  html: (nonce: string) => string
  policy: (nonce: string) => string
  sendScript: ReturnType<typeof fixedRepresentation>
}

/**
 * The documentation at `/docs/`, everything from this server. Scalar takes 140 ms and 30 MB to load, so it is
 * loaded for the first reader, not at the start.
 */
export function registerDocsPage(app: App): void {
  const docsPage = onceItWorks(loadDocsPage)
  const hidden = { schema: { hide: true } }
  app.get('/docs', hidden, async (_request, reply) => reply.redirect('/docs/', 301))
  app.get('/docs/', hidden, async (_request, reply) => {
    const { html, policy } = await docsPage()
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers({ 'content-security-policy': policy(nonce), 'cache-control': 'private, no-store' })
      .type('text/html; charset=utf-8')
      .send(html(nonce))
  })
  app.get('/docs/js/scalar.js', hidden, async (request, reply) => {
    const { sendScript } = await docsPage()
    reply.headers({ 'cache-control': 'public, max-age=0, must-revalidate', vary: 'Accept-Encoding' })
    return sendScript(request, reply)
  })
}

/** Scalar's plugin writes its page inside an application of its own, which ends at once. */
async function loadDocsPage(): Promise<DocsPage> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const source = fastify()
  try {
    await source.register(scalar, { routePrefix: '/docs', configuration: CONFIGURATION })
    const { body: html } = await source.inject('/docs/')
    const { body: script } = await source.inject('/docs/js/scalar.js')
    const [head = '', body = ''] = html.split('</head>')
    return {
      html: (nonce) =>
        `${head}<meta property="csp-nonce" content="${nonce}" />\n<script nonce="${nonce}">${OWN_STYLES}</script>\n</head>${body}`,
      policy: contentSecurityPolicy(html),
      sendScript: fixedRepresentation(script, 'text/javascript; charset=utf-8'),
    }
  } finally {
    await source.close()
  }
}

/** Own assets, the page's inline scripts by their hashes, styles by their nonce. */
function contentSecurityPolicy(html: string): (nonce: string) => string {
  const inlineScripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const scripts = [OWN_STYLES, ...inlineScripts.map(([, script = '']) => script)]
  const hashes = scripts.map((script) => `'sha256-${sha256(script)}'`)
  return (nonce) =>
    [
      "default-src 'none'",
      `script-src 'self' ${hashes.join(' ')}`,
      `style-src 'self' 'nonce-${nonce}'`,
      "font-src 'self' data:",
      "img-src 'self' data:",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ')
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('base64')

/** Runs `load` for the first caller and shares its result; after a failure the next caller tries again. */
function onceItWorks<Result>(load: () => Promise<Result>): () => Promise<Result> {
  let loading: Promise<Result> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
