import type { Trail } from '#src/audit/index.ts'
import { normalizeName } from '#src/content/names.ts'
import type { Deps } from '#src/deps.ts'
import { AppError } from '#src/platform/errors.ts'
import type { TermNames } from '#src/taxonomy/index.ts'
import { readStoredDocument } from './manuscript.ts'
import { reviseArticle } from './revise-article.ts'
import { tellingFields } from './telling-fields.ts'
import { TERM_FIELDS } from './term-fields.ts'

/**
 * Takes a tag, topic or author out of an article's document, under each of its names; all other lines stay. False:
 * the document does not name it. In the trash too, so that what is restored does not bring it back.
 * @throws AppError, as {@link reviseArticle}, but for `not_found`
 */
export async function untagArticle(
  deps: Deps,
  id: string,
  { kind, norms }: TermNames,
  trail: Trail,
): Promise<boolean> {
  const field = TERM_FIELDS[kind]
  const options = { timeZone: deps.config.siteTimeZone }
  try {
    const { changed } = await reviseArticle(deps, id, { trail, alsoInTrash: true }, async (article) => {
      const text = article.document.frontMatter + article.document.body
      const named = (await deps.deriver.frontMatter(text, options))[field]
      const kept = named.filter((name) => !norms.has(normalizeName(name)))
      if (kept.length === named.length) return null
      return await tellingFields(async () => {
        const patched = await deps.deriver.patch(text, { [field]: kept }, options)
        const manuscript = await readStoredDocument(deps, patched.text, article)
        return { manuscript, life: {}, document: manuscript.document, findings: patched.findings }
      })
    })
    return changed
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return false
    throw error
  }
}
