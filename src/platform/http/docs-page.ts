import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyApiReferenceOptions } from '@scalar/fastify-api-reference'
import fastify from 'fastify'
import { type Coding, preferredCoding } from './compression.ts'
import { codedTag, matchesEntityTag } from './entity-tags.ts'
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

interface DocsPage {
  html: string
  policy: string
  script: Readonly<Record<Coding, Buffer>>
  hash: string
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
    return reply
      .headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(html)
  })
  app.get('/docs/js/scalar.js', hidden, async (request, reply) => {
    const { script, hash } = await docsPage()
    const coding = preferredCoding(request.headers['accept-encoding'])
    const etag = codedTag(`"${hash}"`, coding)
    reply.headers({ etag, 'cache-control': 'public, max-age=0, must-revalidate', vary: 'Accept-Encoding' })
    if (matchesEntityTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
    if (coding !== 'identity') reply.header('content-encoding', coding)
    return reply.type('text/javascript; charset=utf-8').send(script[coding])
  })
}

/** Scalar's plugin writes its page inside an application of its own, which ends at once. */
async function loadDocsPage(): Promise<DocsPage> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const source = fastify()
  try {
    await source.register(scalar, { routePrefix: '/docs', configuration: CONFIGURATION })
    const { body: html } = await source.inject('/docs/')
    const { rawPayload: identity } = await source.inject('/docs/js/scalar.js')
    const [gzipped, brotli] = await Promise.all([
      promisify(gzip)(identity),
      // Quality 5: a tenth of the time of 11, an eighth more bytes.
      promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    ])
    const hash = sha256(identity).slice(0, 22)
    return {
      html,
      policy: contentSecurityPolicy(html),
      script: { identity, gzip: gzipped, br: brotli },
      hash,
    }
  } finally {
    await source.close()
  }
}

/** Own assets and the page's one inline script, by its hash. Scalar writes style elements as it goes. */
function contentSecurityPolicy(html: string): string {
  const inlineScripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const hashes = inlineScripts.map(([, script = '']) => `'sha256-${sha256(script)}'`)
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
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
