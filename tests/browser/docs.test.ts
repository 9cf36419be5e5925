import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'
import { launchChromium, OTHER_NAME, takeScreenshot, useReadableFonts } from './chromium.ts'

const title = '硅谷AI大战：一场没有终点的竞赛'

const api = await startApi()
await api.create({ title, slug: 'silicon-valley', status: 'published', body: '正文。', tags: ['人工智能'] })
let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

/** Opens the page, and notes all that must not happen on it. */
async function openDocs(origin: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  // Less than the test's own: then the message says what was waited for.
  page.setDefaultTimeout(10_000)
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

/** Opens the form of an operation. */
async function openRequest(page: Page, method: 'get' | 'post', path: string) {
  await page.getByRole('button', { name: `Test Request (${method} ${path})`, exact: true }).click()
  const dialog = page.getByRole('dialog')
  const send = dialog.getByRole('button', { name: new RegExp(`^Send ${method} request`) })
  return { dialog, send }
}

const { port } = new URL(api.url)

describe.each([
  ['by address', `http://127.0.0.1:${port}`],
  ['by a name that is no localhost', `http://${OTHER_NAME}:${port}`],
])('/docs/, reached %s', (name, origin) => {
  test('lists the operations, sends a request and shows its answer, with no error and no other host', async () => {
    const { page, complaints } = await openDocs(origin)
    const sidebar = page.getByRole('complementary', { name: 'Sidebar' })
    for (const { summary } of await operations()) {
      // The page shortens some methods (DEL): the summary tells the operation.
      const name = new RegExp(`^${RegExp.escape(summary)} HTTP Method:`)
      await sidebar.getByRole('link', { name }).waitFor({ timeout: 10_000 })
    }
    await useReadableFonts(page)
    await takeScreenshot(page, `docs ${name}`)

    // The page begins with the introduction, and shows an operation when somebody goes there.
    await sidebar.getByRole('link', { name: 'Articles, newest first HTTP Method: GET' }).click()
    const { dialog, send } = await openRequest(page, 'get', '/v1/articles')
    await send.click()
    await dialog.getByRole('link', { name: '200 OK' }).waitFor()
    await dialog.getByText(title).first().waitFor()
    expect(await dialog.innerText()).toContain('"silicon-valley"')
    await takeScreenshot(page, `docs request ${name}`)
    expect(complaints).toEqual([])
    await page.close()
  })
})

test('/docs/ sends a write with a key', async () => {
  const { page, complaints } = await openDocs(`http://127.0.0.1:${port}`)
  const link = page.getByRole('link', { name: 'Create an article HTTP Method: POST' })
  await link.click()
  const { dialog, send } = await openRequest(page, 'post', '/v1/articles')
  // Open already, as the operation wants a key; a click would close it.
  await dialog.getByRole('button', { name: /^Authentication Required/, expanded: true }).waitFor()
  await dialog.getByRole('textbox', { name: 'Bearer Token' }).fill(ADMIN_KEY)
  await send.click()
  await dialog.getByRole('link', { name: '201 Created' }).waitFor()
  expect(complaints).toEqual([])
  await page.close()
})

/** All operations, as the sidebar names them. */
async function operations() {
  const { body } = await api.reader.get('/openapi.json')
  const paths: Record<string, Record<string, { summary: string }>> = body.paths
  return Object.values(paths).flatMap((path) =>
    Object.entries(path).map(([method, { summary }]) => ({ summary, method: method.toUpperCase() })),
  )
}
