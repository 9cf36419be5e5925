import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import packed from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'

/** A name for this machine that browsers do not treat as local: http on it is as insecure as on a LAN address. */
export const OTHER_NAME = 'masthead.test'

/**
 * A real browser out of npm. Without the arguments that its package proposes: those switch web security off, and then
 * no test of a policy says anything.
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await extractedChromium(),
    args: ['--no-sandbox', '--disable-gpu', `--host-resolver-rules=MAP ${OTHER_NAME} 127.0.0.1`],
  })
}

/**
 * Unpacks the browser (207 MB, 2 s) once for each version and user: what root unpacked, nobody else may run. Into a
 * folder of its own first, so that an extraction that was cut short, or a second one beside it, is never run.
 */
async function extractedChromium(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'))
  const { version }: { version: string } = JSON.parse(await readFile(manifest, 'utf8'))
  const folder = join(tmpdir(), `masthead-chromium-${version}-${userInfo().uid}`)
  const binary = join(folder, 'chromium')
  if (existsSync(binary)) return binary
  const unfinished = `${folder}.${process.pid}`
  await mkdir(unfinished)
  // The package has no other way to be told where to.
  const { TMPDIR } = process.env
  process.env.TMPDIR = unfinished
  try {
    await packed.executablePath()
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
  return binary
}

const LATIN = import.meta.resolve('@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff2')
const CHINESE = import.meta.resolve(
  '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2',
)

/** Makes Chinese and Latin text readable on a machine without fonts: on screenshots they would be boxes. */
export async function useReadableFonts(page: Page): Promise<void> {
  const face = async (family: string, file: string) => {
    const bytes = await readFile(new URL(file))
    return `@font-face { font-family: '${family}'; src: url(data:font/woff2;base64,${bytes.toString('base64')}) }`
  }
  const stack = "'Test Latin', 'Test Chinese'"
  const content = [
    await face('Test Latin', LATIN),
    await face('Test Chinese', CHINESE),
    `body, .light-mode, .dark-mode { --scalar-font: ${stack} !important; --scalar-font-code: ${stack} !important }`,
  ].join('\n')
  await page.addStyleTag({ content })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}

const artifacts = join(import.meta.dirname, '../.artifacts')

/** Keeps a picture for people, in tests/.artifacts. On a busy machine Chromium now and then fails to take one. */
export async function takeScreenshot(page: Page, name: string, attempts = 3): Promise<void> {
  const path = join(artifacts, `${name.replaceAll(' ', '-')}.png`)
  await page.screenshot({ path }).catch((error: unknown) => {
    if (attempts <= 1 || !String(error).includes('Unable to capture screenshot')) throw error
    return takeScreenshot(page, name, attempts - 1)
  })
}
