import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { htmlOf } from '#tests/security/html-of.ts'
import { xssVectors } from '#tests/security/xss-vectors.ts'
import { launchChromium } from './chromium.ts'

const ORIGIN = 'http://page.example'
const BATCH = 200

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** Before anything else on the page: whatever a vector calls leaves a trace. */
const TRAP = `
  globalThis.ran = []
  for (const name of ['xss', 'alert', 'confirm', 'prompt', 'print', 'open', 'msgbox'])
    globalThis[name] = () => { ran.push(name + ' on ' + location.href + ': ' + new Error().stack) }`

/** What readers and their browsers do to a page: it is written anew, everything is touched, pictures load. */
const TOUCH = `
  const everything = () => [...document.body.querySelectorAll('*')]
  for (const vector of document.querySelectorAll('.vector')) vector.innerHTML = vector.innerHTML
  for (const element of everything()) if (element.loading) element.loading = 'eager'
  for (const element of everything()) {
    element.focus?.()
    for (const type of ['mouseover', 'pointerover', 'focus', 'focusin', 'toggle', 'load', 'error', 'animationstart', 'pointerrawupdate'])
      element.dispatchEvent(new Event(type, { bubbles: true }))
    if (!element.closest('a')) element.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  }`

/** What the browser itself takes the links and the rest for. */
const SEEN = `({
  ran,
  links: [...new Set([...document.querySelectorAll('a[href], area[href]')].map((link) => link.protocol))],
  foreign: [...document.body.querySelectorAll(
    'script, style, link, meta, base, iframe, frame, object, embed, form, svg, math, template',
  )].map((element) => element.outerHTML),
  outside: [...document.body.children]
    .filter((element) => element.className !== 'vector')
    .map((element) => element.outerHTML),
  vectors: document.querySelectorAll('body > .vector').length,
  native: ['cookie', 'body', 'forms', 'scripts', 'getElementById', 'defaultView', 'location']
    .map((name) => Object.prototype.toString.call(document[name]).slice(8, -1)).join(' '),
})`

const NATIVE = 'String HTMLBodyElement HTMLCollection HTMLCollection Function Window Location'

/** Opens the pieces on a page without any policy, and notes what must not happen. */
async function openPieces(pieces: readonly string[]) {
  const context = await browser.newContext()
  const page: Page = await context.newPage()
  const events: string[] = []
  const body = pieces.map((html) => `<div class="vector">${html}</div>`).join('\n')
  await context.route('**', (route) => {
    const request = route.request()
    const url = new URL(request.url())
    if (url.href === `${ORIGIN}/`) {
      const html = `<!doctype html><html><head><meta charset="utf-8"><title>Vectors</title></head><body>\n${body}\n</body></html>`
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
    }
    // Pictures are what an article may show; that they fail is what handlers of errors wait for.
    const isPicture = ['image', 'media'].includes(request.resourceType()) && url.origin === ORIGIN
    if (!isPicture) events.push(`request: ${request.resourceType()} ${url.href}`)
    return route.abort()
  })
  page.on('dialog', (dialog) => {
    events.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (!message.text().startsWith('Failed to load resource')) events.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => events.push(`error: ${error}`))
  page.on('framenavigated', (frame) => {
    if (frame.url() !== `${ORIGIN}/`) events.push(`navigation: ${frame.url()}`)
  })
  context.on('page', (opened) => events.push(`window: ${opened.url()}`))
  await page.addInitScript(TRAP)
  await page.goto(`${ORIGIN}/`, { waitUntil: 'load' })
  await page.evaluate(TOUCH)
  await page.waitForLoadState('networkidle')
  const seen: Record<string, unknown> = await page.evaluate(SEEN)
  await context.close()
  return { seen, events }
}

const pieces = xssVectors.flatMap(({ document }) => htmlOf(document) ?? [])
const batches = Array.from({ length: Math.ceil(pieces.length / BATCH) }, (_, n) =>
  pieces.slice(n * BATCH, (n + 1) * BATCH),
)

test.each(batches.map((batch, n) => [n + 1, batch] as const))(
  'nothing runs in batch %i, and no request leaves',
  async (_n, batch) => {
    const { seen, events } = await openPieces(batch)
    expect(events).toEqual([])
    expect(seen).toMatchObject({ ran: [], foreign: [], outside: [], native: NATIVE, vectors: batch.length })
    const allowed = ['http:', 'https:', 'mailto:', 'tel:']
    expect((seen.links as string[]).filter((protocol) => !allowed.includes(protocol))).toEqual([])
  },
)

test('the trap catches what is not rendered', async () => {
  const raw = [
    '<img src=x onerror=xss()>',
    '<a href="javascript:xss()">a</a>',
    '<link rel=stylesheet href=https://evil.example/x.css>',
    '<img name=cookie src=x>',
    '</div><p>',
  ]
  const { seen, events } = await openPieces(raw)
  expect(seen.ran).not.toEqual([])
  expect(seen.links).toContain('javascript:')
  expect(seen.foreign).not.toEqual([])
  expect(seen.native).not.toBe(NATIVE)
  expect(seen.outside).not.toEqual([])
  expect(events.some((event) => event.startsWith('request: stylesheet https://evil.example'))).toBe(true)
})
