import { DocumentError } from '#src/content/document-error.ts'
import type { FrontMatter } from '#src/content/front-matter/front-matter.ts'
import { normalizeName } from '#src/content/names.ts'
import type { Deps } from '#src/deps.ts'
import type { NamedInDocument, TermKind } from '#src/taxonomy/index.ts'
import { listFrontMatter } from './queries.ts'
import { TERM_FIELDS } from './term-fields.ts'

/** Read at a time, between which other requests have their turn. */
const BATCH = 50

/** Which tags, topics or authors the documents of articles name, as they are now; in the trash too. */
export async function namesInDocuments(
  deps: Deps,
  kind: TermKind,
  articleIds: readonly string[],
): Promise<NamedInDocument[]> {
  const named: NamedInDocument[] = []
  for (let start = 0; start < articleIds.length; start += BATCH) {
    for (const row of await listFrontMatter(deps.pool, [articleIds.slice(start, start + BATCH)])) {
      const names = (await readableFrontMatter(deps, row.front_matter))?.[TERM_FIELDS[kind]] ?? []
      named.push({ articleId: row.id, revision: row.revision, norms: new Set(names.map(normalizeName)) })
    }
  }
  return named
}

/** Null for what an earlier version could read and this one can't: nothing can be derived from it again. */
async function readableFrontMatter({ deriver, config }: Deps, text: string): Promise<FrontMatter | null> {
  try {
    return await deriver.frontMatter(text, { timeZone: config.siteTimeZone })
  } catch (error) {
    if (error instanceof DocumentError) return null
    throw error
  }
}
