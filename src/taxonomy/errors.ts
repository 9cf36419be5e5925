import { AppError } from '#src/platform/errors.ts'
import type { TermLink } from './schemas.ts'
import type { TermKind } from './term-tables.ts'

/** An alias as documents spell it, in how many articles. */
export interface SpelledAlias {
  readonly name: string
  readonly articleCount: number
}

/** 404, for what is not there and for what the asker may not see. */
export const termNotFound = (kind: TermKind) => new AppError('not_found', 404, `There is no such ${kind}.`)

/** 409. Another term has the slug. */
export const termSlugTaken = (kind: TermKind, slug: string, holder: TermLink) =>
  new AppError('slug_taken', 409, `The slug "${slug}" is taken by the ${kind} "${holder.name}".`, {
    extensions: { holder },
  })

/** 409. Another term has the name, or has it as an alias. */
export const nameTaken = (kind: TermKind, name: string, holder: TermLink) =>
  new AppError(
    'name_taken',
    409,
    `"${name}" is a name of the ${kind} "${holder.name}" (${holder.slug}). Merge the two, or take it from there first.`,
    { extensions: { holder } },
  )

/** 409. Articles have the term: `articleCount` of them, drafts and the trash included. */
export const termInUse = (kind: TermKind, articleCount: number) =>
  new AppError(
    'term_in_use',
    409,
    `${inArticles(articleCount, kind)} Send ?force=true to take it out of them.`,
    {
      extensions: { articleCount },
    },
  )

/** 409. So many that to take it out of each would take too long. */
export const termInTooManyArticles = (kind: TermKind, articleCount: number, most: number) =>
  new AppError(
    'term_in_use',
    409,
    `${inArticles(articleCount, kind)} Merge it into another ${kind} instead: it can be taken out of at most ${most}.`,
    { extensions: { articleCount } },
  )

/** 409. Documents spell aliases that were to be dropped: would they be read again, they would name another term. */
export const aliasInUse = (kind: TermKind, aliases: readonly SpelledAlias[]) => {
  const spelled = aliases.map(({ name, articleCount }) => `"${name}" (${articleCount})`).join(', ')
  const one = aliases.length === 1
  return new AppError(
    'alias_in_use',
    409,
    `Documents spell this ${kind} so, drafts and the trash included: ${spelled}. Keep ${one ? 'the alias' : 'these aliases'}, or PUT documents first that write another name.`,
    { extensions: { aliases } },
  )
}

/** 409. In so many articles that it can't be told which of its aliases their documents spell. */
export const aliasInTooManyArticles = (kind: TermKind, articleCount: number, most: number) =>
  new AppError(
    'alias_in_use',
    409,
    `${inArticles(articleCount, kind)} An alias can be dropped of one that at most ${most} have: documents may spell it.`,
    { extensions: { articleCount } },
  )

const inArticles = (count: number, kind: TermKind) =>
  `${count === 1 ? 'One article has' : `${count} articles have`} this ${kind}, drafts and the trash included.`

/** 422. What the body says of the target of a merge can't be done. */
export const invalidMerge = (code: 'unknown_slug' | 'same_term', message: string) =>
  new AppError('invalid_body', 422, message, { errors: [{ in: 'body', path: '/into', code, message }] })
