import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const require = createRequire(import.meta.url)

/** A name for this machine that browsers do not treat as local: http on it is an insecure origin, as on a LAN address. */
export const OTHER_NAME = 'masthead.test'

/**
 * A real browser out of npm, sandboxed by nothing but with web security on: the package's own arguments switch it off,
 * and then no test of a policy says anything.
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await extractedChromium(),
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${OTHER_NAME} 127.0.0.1`],
  })
}

/**
 * Unpacks the browser (207 MB, 2 s) once for each version and user: what root unpacked, nobody else may run. Into a
 * folder of its own first, so that an extraction that was cut short, or a second one beside it, is never run.
 */
async function extractedChromium(): Promise<string> {
  const { version } = JSON.parse(await readFile(packageFile('@sparticuz/chromium'), 'utf8'))
  const folder = join(tmpdir(), `masthead-chromium-${version}-${userInfo().uid}`)
  const binary = join(folder, 'chromium')
  if (existsSync(binary)) return binary
  const unfinished = `${folder}.${process.pid}`
  await mkdir(unfinished)
  // The package has no other way to say where to.
  const { TMPDIR } = process.env
  process.env.TMPDIR = unfinished
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
  return binary
}

/** The folder of a package, by its package.json or, where that is not exported, by its main file. */
function packageFile(name: string): string {
  const main = require.resolve(name)
  return join(main.slice(0, main.lastIndexOf(name)), name, 'package.json')
}

/** Makes Chinese and Latin text readable on a machine without fonts: on screenshots they would be boxes. */
export async function useReadableFonts(page: Page): Promise<void> {
  const folder = join(dirname(packageFile('@fontsource/noto-sans-sc')), 'files')
  const face = async (family: string, subset: string) => {
    const bytes = await readFile(join(folder, `noto-sans-sc-${subset}-400-normal.woff2`))
    return `@font-face { font-family: '${family}'; src: url(data:font/woff2;base64,${bytes.toString('base64')}) }`
  }
  const stack = "'Test Latin', 'Test Chinese'"
  const content = [
    await face('Test Latin', 'latin'),
    await face('Test Chinese', 'chinese-simplified'),
    `body, .light-mode, .dark-mode { --scalar-font: ${stack} !important; --scalar-font-code: ${stack} !important }`,
  ].join('\n')
  await page.addStyleTag({ content })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}
