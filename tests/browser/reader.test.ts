import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFolder, seedsFolder } from '#src/transfer/index.ts'
import { startApi } from '#tests/support/test-api.ts'
import { launchChromium, takeScreenshot, useReadableFonts } from './chromium.ts'

const api = await startApi()
await importFolder(api.deps, seedsFolder)
const site = await startReader(api.url)
const awaySite = await startReader('http://127.0.0.1:9')
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** Starts examples/reader.mjs as its README says; it stops with the test file. Gives its address. */
async function startReader(mastheadUrl: string): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../examples/reader.mjs')], {
    env: { ...process.env, MASTHEAD_URL: mastheadUrl, PORT: '0', SITE_NAME: 'The Calder Post' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  afterAll(async () => {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  for await (const line of createInterface(child.stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (address !== undefined) return address
  }
  throw new Error('The reader ended before it listened.')
}

/** Opens a page of the site, and notes what must not happen on it. */
async function open(path: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(site + path)
  return { page, complaints }
}

const story = '/en/half-the-footnotes-were-gone'

/** What a test adds to the seeds stands behind them. */
const old = { body: 'A few words.', locale: 'en', status: 'published', publishedAt: '2001-02-03T00:00:00Z' }

test('the front page lists the newest stories first, in their languages, and the topics', async () => {
  const { page, complaints } = await open('/')
  const { body } = await api.reader.get('/v1/articles?limit=10').expect(200)
  const titles = body.data.map(({ title }: { title: string }) => title)
  expect(await page.locator('.stories h2').allTextContents()).toEqual(titles)
  const { body: topics } = await api.reader.get('/v1/topics?limit=8').expect(200)
  const names = topics.data.map(({ name }: { name: string }) => name)
  expect(await page.locator('.site nav a').allTextContents()).toEqual(names)
  expect(await page.locator('.stories > li:lang(zh)').count()).toBeGreaterThan(0)
  expect(complaints).toEqual([])
  await page.context().close()
})

describe('a story', () => {
  test('is reached from the front page, and shows its text, contents, sources and neighbours', async () => {
    const { page, complaints } = await open('/')
    await page.getByRole('link', { name: 'Half the footnotes were gone' }).click()
    expect(new URL(page.url()).pathname).toBe(story)
    expect(await page.locator('h1').allTextContents()).toEqual(['Half the footnotes were gone'])
    expect(await page.locator('article').getAttribute('lang')).toBe('en')
    for (const part of ['.text p', '.after li small', '.after .pages a'])
      expect(await page.locator(part).count(), part).toBeGreaterThan(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('has notes that a reference leads to, and that lead back', async () => {
    const { page, complaints } = await open(story)
    await page.locator('.footnote-ref').first().click()
    const note = page.locator('li:target')
    expect(await page.locator('.footnotes li:target').count()).toBe(1)
    await note.locator('.footnote-backref').first().click()
    expect(page.url()).toMatch(/#fnref-/)
    expect(await page.locator('.footnote-ref:target').count()).toBe(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

test('a topic page lists its stories', async () => {
  const { page, complaints } = await open(story)
  const topic = page.locator('.kicker a').first()
  const name = await topic.textContent()
  await topic.click()
  expect(await page.locator('h1').textContent()).toBe(name)
  expect(await page.locator('.stories h2').allTextContents()).toContain('Half the footnotes were gone')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('pages lead to the next ones and back, and every story is on one', async () => {
  const titles = Array.from({ length: 12 }, (_, index) => `Paged story ${index + 1}`)
  for (const title of titles) await api.create({ ...old, title, tags: ['Paged'] })
  const { page } = await open('/tags/paged')
  const first = await page.locator('.stories h2').allTextContents()
  await page.getByRole('link', { name: 'Older' }).click()
  const second = await page.locator('.stories h2').allTextContents()
  expect([first.length, second.length]).toEqual([10, 2])
  expect([...first, ...second].toSorted()).toEqual(titles.toSorted())
  await page.getByRole('link', { name: 'Newer' }).click()
  expect(await page.locator('.stories h2').allTextContents()).toEqual(first)
  await page.context().close()
})

test('other spellings lead to the one address', async () => {
  const { page } = await open('/tags/OpenAI')
  expect(new URL(page.url()).pathname).toBe('/tags/openai')
  await page.context().close()
})

test('what an author writes stays text', async () => {
  const title = '<img src=x onerror=alert(1)> & "quotes"'
  await api.create({ ...old, title, summary: title, slug: 'marked-up' })
  const { page, complaints } = await open('/en/marked-up')
  expect(await page.locator('h1').textContent()).toBe(title)
  expect(await page.locator('.summary').textContent()).toBe(title)
  expect(complaints).toEqual([])
  await page.context().close()
})

describe('errors are pages', () => {
  test.each(['/en/no-such-story', '/nowhere', '/topics/no-such-topic', '/a/b/c'])('404: %s', async (path) => {
    const response = await fetch(site + path)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('<h1>Not found</h1>')
  })

  test('400: a cursor that is none, in the words of the API', async () => {
    const response = await fetch(`${site}/?cursor=nonsense`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('cursor')
  })

  test('400: a percent sign that encodes nothing', async () => {
    expect((await fetch(`${site}/en/%zz`)).status).toBe(400)
  })

  test('502: the API is away', async () => {
    const response = await fetch(awaySite)
    expect(response.status).toBe(502)
    expect(await response.text()).toContain('can’t be reached')
  })
})

const views: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1000, height: 1300 } },
  dark: { viewport: { width: 1000, height: 1300 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true },
}

describe.each(Object.entries(views))('on a %s screen', (view, options) => {
  test.each([
    ['front', '/', '.site'],
    ['story', '/zh-CN/silicon-valley-ai-war', '.site'],
    ['contents', story, '.kicker'],
    ['notes', story, '.footnotes'],
    ['after', story, '.after'],
    ['topic', '/topics/media-and-publishing', '.site'],
  ])('nothing sticks out: %s', async (name, path, from) => {
    const { page } = await open(path, { ...options, bypassCSP: true })
    await useReadableFonts(page)
    await page.addStyleTag({
      content: `:root { --serif: 'Test Latin', 'Test Chinese'; --sans: var(--serif) }`,
    })
    await page.evaluate(`document.querySelector('${from}').scrollIntoView()`)
    await takeScreenshot(page, `reader ${name} ${view}`)
    const width = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(width)).toBe(0)
    await page.context().close()
  })
})
