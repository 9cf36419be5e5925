import type { FeaturedImage, FrontMatter } from '#src/content/front-matter/front-matter.ts'
import type { JsonObject } from '#src/content/json.ts'
import { normalizeName } from '#src/content/names.ts'
import type { DocumentPatch } from '#src/content/patch/patch-document.ts'
import { invalidArticle } from './errors.ts'
import type { ArticlePatch } from './input-schemas.ts'
import type { LifeChange } from './life.ts'
import type { WrittenArticle } from './lock-article.ts'
import type { Article } from './schemas.ts'

type TermField = 'tags' | 'topics' | 'authors'
const termFields = ['tags', 'topics', 'authors'] as const

/** A patch with its tags, topics and authors by name. */
export type NamedPatch = Omit<ArticlePatch, TermField> & { [Field in TermField]?: string[] | undefined }

/** Of a patch, what columns keep; what has its present value is left out. */
export function lifePatch(article: WrittenArticle, patch: NamedPatch): LifeChange {
  if (patch.publishedAt === null && article.status === 'published') throw dateBelongsToPublished()
  const publishedAt = changedInstant(patch.publishedAt, article.publishedAt)
  const unpublishAt = changedInstant(patch.unpublishAt, article.unpublishAt)
  return {
    ...(patch.slug !== undefined && patch.slug !== article.slug ? { slug: patch.slug } : {}),
    ...(patch.locale !== undefined && patch.locale !== article.locale ? { locale: patch.locale } : {}),
    ...(patch.translationKey !== undefined && patch.translationKey !== article.translationKey
      ? { translationKey: patch.translationKey }
      : {}),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(unpublishAt === undefined ? {} : { unpublishAt }),
  }
}

function changedInstant(given: string | null | undefined, present: Date | null): Date | null | undefined {
  if (given === undefined) return undefined
  const instant = given === null ? null : new Date(given)
  return instant?.getTime() === present?.getTime() ? undefined : instant
}

/** 422. */
const dateBelongsToPublished = () =>
  invalidArticle([
    {
      in: 'body',
      path: '/publishedAt',
      code: 'invalid_value',
      message: 'A published article has a date: unpublish it, or give it another.',
    },
  ])

/** What a document says of a life that changes: only what it spoke of before, so that it does not contradict. */
export function lifeInDocument(spoken: FrontMatter, life: LifeChange): DocumentPatch {
  return {
    ...(life.slug !== undefined && spoken.slug !== null ? { slug: life.slug } : {}),
    ...(life.locale !== undefined && spoken.locale !== null ? { locale: life.locale } : {}),
    ...(life.translationKey !== undefined && spoken.translationKey !== null
      ? { translationKey: life.translationKey }
      : {}),
    ...(life.publishedAt !== undefined && spoken.publishedAt !== null
      ? { publishedAt: life.publishedAt?.toISOString() ?? null }
      : {}),
    ...(life.unpublishAt !== undefined && spoken.unpublishAt !== null
      ? { unpublishAt: life.unpublishAt?.toISOString() ?? null }
      : {}),
  }
}

/** Of a patch, what the document keeps but for the citations. */
export function contentPatch(present: Article, patch: NamedPatch): DocumentPatch {
  const { title, summary, canonicalUrl, modifiedAt, body, featuredImage, meta } = patch
  return {
    ...(title === undefined || isTitleReadBack(present, patch) ? {} : { title }),
    ...(summary === undefined ? {} : { summary }),
    ...(canonicalUrl === undefined ? {} : { canonicalUrl }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(body === undefined ? {} : { body }),
    ...(featuredImage === undefined
      ? {}
      : { featuredImage: mergedImage(present.featuredImage, featuredImage) }),
    ...(meta === undefined ? {} : { meta: metaPatch(present.meta, meta) }),
    ...termPatch(present, patch),
  }
}

/**
 * A title that is read from a heading is not to be written into front matter when it is sent back. One that an import
 * took from a file's name is: who sends it confirms it, unless they send back all that they have read.
 */
function isTitleReadBack(present: Article, patch: NamedPatch): boolean {
  const isGuess = present.needsAttention === true && patch.needsAttention === undefined
  return patch.title === present.title && !isGuess
}

/** A merge patch merges objects too: what the patch leaves out of the image stays. */
function mergedImage(
  present: FeaturedImage | null,
  patch: NonNullable<ArticlePatch['featuredImage']> | null,
): FeaturedImage | null {
  if (patch === null) return null
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  const image = {
    url: '',
    alt: null,
    caption: null,
    credit: null,
    width: null,
    height: null,
    ...present,
    ...given,
  }
  if (image.url !== '') return image
  throw invalidArticle([
    { in: 'body', path: '/featuredImage/url', code: 'required', message: 'A new image needs its url.' },
  ])
}

/** null: all keys go. */
function metaPatch(present: Article['meta'], patch: Record<string, unknown> | null): JsonObject {
  return (patch ?? Object.fromEntries(Object.keys(present).map((key) => [key, null]))) as JsonObject
}

/**
 * Lists that name the terms which the article has already are left as the document writes them: it may spell a tag
 * otherwise than the vocabulary does.
 */
function termPatch(present: Article, patch: NamedPatch): DocumentPatch {
  return Object.fromEntries(
    termFields.flatMap((field) => {
      const names = patch[field]
      if (names === undefined) return []
      const has = present[field].map(({ name }) => normalizeName(name))
      const wanted = names.map(normalizeName)
      const isSame = has.length === wanted.length && has.every((name, index) => name === wanted[index])
      return isSame ? [] : [[field, names]]
    }),
  )
}
