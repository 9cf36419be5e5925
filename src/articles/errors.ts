import type { DocumentError } from '#src/content/document-error.ts'
import { AppError, type FieldError } from '#src/platform/errors.ts'

/** What an answer says of another article. */
export interface ArticleLink {
  readonly id: string
  readonly slug: string
  readonly locale: string
  readonly title: string
}

/** 404, for what is not there and for what the asker may not see. */
export const articleNotFound = () => new AppError('not_found', 404, 'There is no such article.')

/** 410. It was public, and is in the trash or deleted. */
export const articleGone = () => new AppError('gone', 410, 'The article was withdrawn.')

/** 409. What was asked leads nowhere from here; `possible` is what can be done instead. */
export const invalidTransition = (detail: string, possible: readonly string[]) =>
  new AppError('invalid_transition', 409, detail, { extensions: { possible } })

/** 409. Only those who may edit get so far: for the others what is in the trash is not there. */
export const articleInTrash = () =>
  invalidTransition('The article is in the trash. Restore it first: POST …/restore.', ['restore'])

/** 409. `holder` is named only to those who may see it. */
export const slugTaken = (slug: string, locale: string, holder: ArticleLink | undefined) =>
  new AppError('slug_taken', 409, `The slug "${slug}" is taken in the locale "${locale}".`, {
    ...(holder === undefined ? {} : { extensions: { holder } }),
  })

/** 412. Somebody else wrote in between. `etag`: of the article as it is. */
export const revisionConflict = (revision: number, etag?: string) =>
  new AppError(
    'precondition_failed',
    412,
    `The article has changed: it is at revision ${revision} now. Read it again, and send If-Match with its new ETag.`,
    { extensions: { revision }, ...(etag === undefined ? {} : { headers: { etag } }) },
  )

const forbidden = (detail: string) => new AppError('forbidden', 403, detail)

/** 403. Another's article, or one that is published. */
export const notOwnDraft = (role: string) =>
  forbidden(
    `A key with the role "${role}" may change only its own articles, and only while they are not published.`,
  )

/** 403. `status: published`, or `draft: false`. */
export const mayNotPublish = (role: string) =>
  forbidden(
    `A key with the role "${role}" may not publish. Leave out "status": "published", or "draft: false" in front matter: the article is a draft then.`,
  )

/** 403. The key is limited to locales, and the article is in another one, or would be. */
export const outsideLocales = (locales: readonly string[], locale: string) =>
  forbidden(
    `This key is limited to articles in ${locales.map((one) => `"${one}"`).join(', ')}, and "${locale}" is another locale.`,
  )

/** 403. The key is limited to topics, and the article is under others, or would be. */
export const outsideTopics = (names: readonly string[]) =>
  forbidden(
    `This key is limited to certain topics, and ${names.map((name) => `"${name}"`).join(', ')} ${names.length === 1 ? 'is none' : 'are none'} of them.`,
  )

/** 403. The key is limited to topics, and the article is under none, or would be. */
export const withoutTopic = () =>
  forbidden('This key is limited to certain topics: the article must be under at least one of them.')

/** 422. A field of an article is not what it should be. */
export const invalidArticle = (errors: readonly FieldError[]) =>
  new AppError('invalid_body', 422, errors[0]?.message ?? 'The article is not valid.', { errors })

/** 422. Neither front matter, nor fields, nor a heading give a title. */
export const titleMissing = (path: string) =>
  invalidArticle([
    {
      in: 'body',
      path,
      code: 'title_missing',
      message:
        'An article needs a title: a "title" in the front matter or payload, or a level-1 heading ("# …").',
    },
  ])

/** 422. An article would leave before it came. */
export const endsBeforeItBegins = () =>
  invalidArticle([
    {
      in: 'body',
      path: '/unpublishAt',
      code: 'invalid_order',
      message: 'unpublishAt (front matter: expiryDate) must be later than the publishing date.',
    },
  ])

/** The front matter itself could not be read, as against: it says something that cannot be. */
const isSyntax = (code: string) => code.startsWith('front_matter_')

/** 400 when the document can't be read, 422 when it can and is wrong; every issue with its line and column. */
export function documentRefused(error: DocumentError): AppError {
  const errors = error.issues.map(
    (issue): FieldError => ({
      in: 'body',
      path: '',
      line: issue.line,
      column: issue.column,
      code: issue.code,
      message: issue.hint === undefined ? issue.message : `${issue.message} ${issue.hint}`,
    }),
  )
  const detail = errors[0]?.message ?? 'The document is not valid.'
  return error.issues.some(({ code }) => isSyntax(code))
    ? new AppError('unreadable_document', 400, detail, { errors, cause: error })
    : new AppError('invalid_document', 422, detail, { errors, cause: error })
}
