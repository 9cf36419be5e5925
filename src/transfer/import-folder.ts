import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { createArticle, findSlugHolder, readDocument, replaceDocument } from '#src/articles/index.ts'
import { unattended } from '#src/audit/index.ts'
import type { Finding } from '#src/content/finding.ts'
import { cleanSlug, slugProblem } from '#src/content/slug.ts'
import type { Deps } from '#src/deps.ts'
import { databaseProblem } from '#src/platform/db/errors.ts'
import { AppError } from '#src/platform/errors.ts'
import { decodeUtf8 } from '#src/platform/http/utf8.ts'

/** What is wrong with a file, and where. */
export interface FileProblem {
  readonly message: string
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** What became of one file. */
export type FileOutcome =
  | {
      readonly file: string
      readonly outcome: 'created' | 'updated' | 'unchanged'
      readonly slug: string
      /** What there is to say of it all the same: notes without a reference, html that is not shown. */
      readonly findings: readonly Finding[]
    }
  | { readonly file: string; readonly outcome: 'failed'; readonly problems: readonly FileProblem[] }

/** Folders of Hugo and Hexo whose Markdown is made of placeholders. */
const TEMPLATE_FOLDERS = new Set(['archetypes', 'scaffolds'])

/**
 * Imports every Markdown file below `folder` (but generators' templates), in the order of their paths, one transaction
 * a file: a file that is wrong is reported and the rest goes on. A document whose slug exists in its locale takes the
 * place of the present one; the same bytes change nothing.
 * @throws what is no file's fault: a database that is away
 */
export async function importFolder(
  deps: Deps,
  folder: string,
  onOutcome: (outcome: FileOutcome) => void = () => {},
): Promise<FileOutcome[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && /\.(md|markdown)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isTemplate(relative(folder, file)))
    .sort()
  const claims = new Map<string, string>()
  const outcomes: FileOutcome[] = []
  for (const file of files) {
    const outcome = await importFile(deps, file, claims)
    onOutcome(outcome)
    outcomes.push(outcome)
  }
  return outcomes
}

/** `claims`: which file of this import has which slug, so that two files never overwrite each other. */
async function importFile(deps: Deps, file: string, claims: Map<string, string>): Promise<FileOutcome> {
  try {
    const name = basename(file).replace(/\.\w+$/, '')
    const text = decodeUtf8(await readFile(file))
    const manuscript = await readDocument(deps, { text, fallbackTitle: name })
    const slug = manuscript.life.slug ?? cleanSlug(name)
    if (slug === null) return failed(file, 'Neither the front matter nor the file name gives a slug.')
    const problem = slugProblem(slug)
    if (problem !== null) {
      return failed(file, `The file’s name is no slug. ${problem} Give it one in the front matter.`)
    }
    const locale = manuscript.life.locale ?? deps.config.siteLocale
    const rival = claims.get(`${locale}/${slug}`)
    if (rival !== undefined) return failed(file, `The slug "${slug}" is that of ${rival} as well.`)
    claims.set(`${locale}/${slug}`, file)
    const trail = unattended('import')
    const [holder] = await findSlugHolder(deps.pool, [locale, slug])
    if (holder === undefined) {
      await createArticle(deps, { manuscript, publication: 'by-date', slug, trail })
      return { file, slug, outcome: 'created', findings: manuscript.findings }
    }
    const { document } = manuscript
    const { changed } = await replaceDocument(deps, holder.id, { manuscript, document, trail })
    return { file, slug, outcome: changed ? 'updated' : 'unchanged', findings: manuscript.findings }
  } catch (error) {
    if (isFileError(error)) return failed(file, `The file can’t be read (${error.code}).`)
    if (error instanceof AppError && error.status < 500) {
      const problems = error.errors.length > 0 ? error.errors : [{ message: error.message }]
      return { file, outcome: 'failed', problems }
    }
    if (isEverybodysProblem(error)) throw error
    deps.log.error({ err: error, file }, 'A file could not be imported')
    return failed(file, `Something went wrong: ${lastLine(error)}`)
  }
}

const isTemplate = (path: string) =>
  dirname(path)
    .split(sep)
    .some((part) => TEMPLATE_FOLDERS.has(part.toLowerCase()))

/** Would the next file meet it as well? */
const isEverybodysProblem = (error: unknown) =>
  error instanceof AppError || databaseProblem(error) !== undefined

/** Prisma tells its errors on several lines, the reason last. */
const lastLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? ''

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'path' in error

function failed(file: string, message: string): FileOutcome {
  return { file, outcome: 'failed', problems: [{ message }] }
}
