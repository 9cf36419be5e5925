import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFolder, seedsFolder } from '#src/transfer/index.ts'
import { startApi } from '#tests/support/test-api.ts'
import { launchChromium, takeScreenshot, useReadableFonts } from './chromium.ts'

const IMAGES = 'https://images.example'

const api = await startApi({
  siteName: '临澜观察',
  siteUrl: 'https://news.example',
  mediaBaseUrl: IMAGES,
  siteTimeZone: 'Asia/Shanghai',
})
await importFolder(api.deps, seedsFolder)
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const seeds = ['silicon-valley-ai-war', 'half-the-footnotes-were-gone', 'old-phones-listening-for-floods']
const views: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1100, height: 1400 } },
  dark: { viewport: { width: 1100, height: 1400 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true },
}

/** A picture for each that the articles show. */
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#34627f"/><stop offset="1" stop-color="#c98f5a"/></linearGradient></defs><rect width="1600" height="900" fill="url(#g)"/></svg>`

/** Opens an article's page, and notes all that must not happen on it. */
async function openArticle(path: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await context.route('**', (route) => {
    const request = route.request()
    if (request.url().startsWith(api.url)) return route.continue()
    if (request.resourceType() === 'image' && request.url().startsWith(IMAGES))
      return route.fulfill({ contentType: 'image/svg+xml', body: PICTURE })
    complaints.push(`request: ${request.resourceType()} ${request.url()}`)
    return route.abort()
  })
  await page.goto(`${api.url}${path}`)
  return { page, complaints }
}

/** Pictures for people, with fonts that such a machine has: they are no part of the page, whose policy refuses them. */
async function photograph(name: string, path: string, options: BrowserContextOptions): Promise<Page> {
  const { page } = await openArticle(path, { ...options, bypassCSP: true })
  await useReadableFonts(page)
  await page.addStyleTag({
    content: `:root { --sans: 'Test Latin', 'Test Chinese' !important; --serif: 'Test Latin', 'Test Chinese' !important; --text: var(--sans) !important }`,
  })
  await takeScreenshot(page, name)
  return page
}

describe.each(seeds)('the page of %s', (slug) => {
  const path = `/v1/articles/${slug}?format=html`

  test.each(Object.keys(views))(
    '%s: its style holds, nothing sticks out, nothing else is loaded',
    async (view) => {
      const { page, complaints } = await openArticle(path, views[view])
      expect(await page.locator('h1').count()).toBe(1)
      const seen = await page.evaluate<Record<string, unknown>>(`({
      isStyled: getComputedStyle(document.querySelector('.byline')).borderBottomStyle === 'solid',
      isDark: getComputedStyle(document.body).backgroundColor === 'rgb(23, 22, 20)',
      sticksOut: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    })`)
      expect(seen).toEqual({ isStyled: true, isDark: view === 'dark', sticksOut: false })
      expect(complaints).toEqual([])
      await page.context().close()
      const photographed = await photograph(`article ${slug} ${view}`, path, views[view] ?? {})
      await photographed.context().close()
    },
  )

  test('on paper: dark ink, and the address of each source', async () => {
    const page = await photograph(`article ${slug} screen`, path, {
      colorScheme: 'dark',
      viewport: { width: 794, height: 1123 },
    })
    await page.emulateMedia({ media: 'print' })
    await takeScreenshot(page, `article ${slug} print`)
    const seen = await page.evaluate<Record<string, unknown>>(`({
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
      address: getComputedStyle(document.querySelector('.footnotes a[href^=http]'), '::after').content.includes('http'),
    })`)
    expect(seen).toEqual({ paper: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', address: true })
    await page.context().close()
  })
})

test('a reference leads to its note, and the note back', async () => {
  const { page, complaints } = await openArticle('/v1/articles/half-the-footnotes-were-gone?format=html')
  await page.locator('.footnote-ref').first().click()
  const note = page.locator('li:target')
  await note.waitFor()
  await note.locator('.footnote-backref').first().click()
  expect(page.url()).toMatch(/#fnref-/)
  expect(complaints).toEqual([])
  await page.context().close()
})
