import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'
import { launchChromium, OTHER_NAME, useReadableFonts } from './chromium.ts'

const artifacts = join(import.meta.dirname, '../.artifacts')
const title = '硅谷AI大战：一场没有终点的竞赛'

const api = await startApi()
await api.create({ title, slug: 'silicon-valley', status: 'published', body: '正文。', tags: ['人工智能'] })
let browser: Browser

beforeAll(async () => {
  await mkdir(artifacts, { recursive: true })
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** Opens the page, and notes all that must not happen on it. */
async function openDocs(origin: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== origin) complaints.push(`${url} is elsewhere`)
  })
  await page.goto(`${origin}/docs/`)
  return { page, complaints }
}

/** Sends the list's request from the page; gives what the page shows of the answer. */
async function sendListRequest(page: Page): Promise<string> {
  await page
    .getByRole('button', { name: /Test Request.*\/v1\/articles\b/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Send/ }).click()
  await dialog.getByText('200', { exact: false }).first().waitFor()
  await dialog.getByText(title).first().waitFor()
  return dialog.innerText()
}

const { port } = new URL(api.url)

describe.each([
  ['by address', `http://127.0.0.1:${port}`],
  ['by a name that is no localhost', `http://${OTHER_NAME}:${port}`],
])('/docs/, reached %s', (name, origin) => {
  test('lists the operations, sends a request and shows its answer, with no error and no other host', async () => {
    const { page, complaints } = await openDocs(origin)
    const navigation = page.getByRole('navigation').first()
    for (const operation of await operations())
      await navigation.getByText(operation, { exact: true }).first().waitFor()
    await page.getByRole('heading', { name: 'Published articles, newest first' }).waitFor()
    await useReadableFonts(page)
    await page.screenshot({ path: join(artifacts, `docs ${name}.png`) })

    const shown = await sendListRequest(page)
    expect(shown).toContain('"slug": "silicon-valley"')
    await page.screenshot({ path: join(artifacts, `docs request ${name}.png`) })
    expect(complaints).toEqual([])
    await page.close()
  })
})

/** The summaries of all operations. */
async function operations(): Promise<string[]> {
  const { body } = await api.reader.get('/openapi.json')
  const paths: Record<string, Record<string, { summary: string }>> = body.paths
  return Object.values(paths).flatMap((path) => Object.values(path).map(({ summary }) => summary))
}
