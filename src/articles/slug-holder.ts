import type { Deps } from '#src/deps.ts'
import { brokenConstraint } from '#src/platform/db/errors.ts'
import { slugTaken } from './errors.ts'
import { findSlugHolder } from './queries.ts'

/** The unique index of slugs among what is not in the trash. */
const SLUG_INDEX = 'article_slug_locale_key'

/** Whether a write failed because another article has the slug. */
export const isSlugTaken = (error: unknown): boolean => brokenConstraint(error) === SLUG_INDEX

/** Does a write that wants a slug; when another article has it, says which. @throws AppError `slug_taken` */
export async function tellingSlugHolder<T>(
  deps: Deps,
  wanted: { slug: string; locale: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isSlugTaken(error)) throw error
    const [holder] = await findSlugHolder(deps.pool, [wanted.locale, wanted.slug])
    throw slugTaken(wanted.slug, wanted.locale, holder)
  }
}
