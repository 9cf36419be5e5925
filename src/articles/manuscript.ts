import type { DerivedArticle, DeriveOptions } from '#src/content/derive.ts'
import { DocumentError } from '#src/content/document-error.ts'
import type { Finding } from '#src/content/finding.ts'
import type { ComposeInput } from '#src/content/front-matter/compose.ts'
import type { Deps } from '#src/deps.ts'
import { documentRefused, titleMissing } from './errors.ts'
import type { ArticleInput } from './input-schemas.ts'
import { tellingFields } from './telling-fields.ts'

/** The strings whose concatenation is the document. */
export interface StoredDocument {
  readonly frontMatter: string
  readonly body: string
}

/** An article that has been read and checked, before it has a slug and a date that are its own. */
export interface Manuscript {
  readonly content: DerivedArticle['content'] & { readonly title: string }
  readonly life: DerivedArticle['life']
  readonly needsAttention: boolean
  /** What there is to say of it. */
  readonly findings: readonly Finding[]
  /** The document as it was read. */
  readonly document: StoredDocument
  /** The document, once slug and date are settled: canonical front matter says them, a document as sent stays as it is. */
  documentWith(settled: { slug: string; draft: boolean; publishedAt: string | null }): StoredDocument
}

interface DocumentInput {
  readonly text: string
  /** The title when the document has none; without it such a document is refused. */
  readonly fallbackTitle?: string
}

/**
 * Reads a Markdown document as it was sent.
 * @throws AppError `unreadable_document`, `invalid_document`, `invalid_body` (no title, over the limits), `unavailable`
 */
export async function readDocument(deps: Deps, input: DocumentInput): Promise<Manuscript> {
  const derived = await derive(deps, input.text, input.fallbackTitle).catch((error: unknown) => {
    throw error instanceof DocumentError ? documentRefused(error) : error
  })
  return manuscriptOf(derived, '')
}

/**
 * Reads the document that an article has, or that a patch made of it. Its issues are told in the terms of the fields.
 * @throws AppError `invalid_body`
 */
export async function readStoredDocument(
  deps: Deps,
  text: string,
  article: { readonly title: string; readonly needsAttention: boolean },
): Promise<Manuscript> {
  // The title that an import took from the file's name is in no document: it stays until one says better.
  const fallbackTitle = article.needsAttention ? article.title : undefined
  const derived = await tellingFields(() => derive(deps, text, fallbackTitle))
  return manuscriptOf(derived, '/title')
}

/** A document that stays as it is. `path`: where a title would stand. @throws AppError `invalid_body` without one */
function manuscriptOf(
  { content, titleFrom, life, document, findings }: DerivedArticle,
  path: string,
): Manuscript {
  if (content.title === null) throw titleMissing(path)
  return {
    content: { ...content, title: content.title },
    life,
    needsAttention: titleFrom === 'fallback',
    findings,
    document,
    documentWith: () => document,
  }
}

/** The fields of a JSON article, with every tag, topic and author by name. */
export type ArticleFields = Omit<ArticleInput, 'tags' | 'topics' | 'authors' | 'status'> & {
  readonly tags: string[]
  readonly topics: string[]
  readonly authors: string[]
}

/**
 * Makes a document of the fields of a JSON article and reads it back: one road for both. Of the citations it says what
 * the notes of the body don't.
 * @throws AppError `invalid_document`, `invalid_body` (no title)
 */
export async function composeArticle(deps: Deps, fields: ArticleFields): Promise<Manuscript> {
  const { composeDocument } = await import('#src/content/front-matter/compose.ts')
  const { citations: given = [], ...input } = composeInput(fields)
  const { derived, citations } = await tellingFields(() =>
    deps.deriver.compose(input, given, deriveOptions(deps)),
  )
  const { title } = derived.content
  if (title === null) throw titleMissing('/title')
  return {
    content: { ...derived.content, title },
    life: derived.life,
    needsAttention: false,
    findings: derived.findings,
    document: derived.document,
    documentWith({ slug, draft, publishedAt }) {
      const text = composeDocument({
        ...input,
        citations,
        title: fields.title ?? null,
        slug,
        draft,
        publishedAt,
        locale: derived.life.locale ?? deps.config.siteLocale,
      })
      const { body } = derived.document
      return { frontMatter: text.slice(0, text.length - body.length), body }
    },
  }
}

const derive = (deps: Deps, text: string, fallbackTitle?: string): Promise<DerivedArticle> =>
  deps.deriver.derive(text, deriveOptions(deps, fallbackTitle))

const deriveOptions = ({ config }: Deps, fallbackTitle?: string): DeriveOptions => ({
  timeZone: config.siteTimeZone,
  mediaBaseUrl: config.mediaBaseUrl ?? null,
  ...(fallbackTitle === undefined ? {} : { fallbackTitle }),
})

function composeInput(fields: ArticleFields): ComposeInput {
  const { featuredImage, meta, body, ...rest } = fields
  return {
    ...rest,
    body: body ?? '',
    meta: (meta ?? {}) as NonNullable<ComposeInput['meta']>,
    featuredImage:
      featuredImage == null
        ? null
        : {
            alt: null,
            caption: null,
            credit: null,
            width: null,
            height: null,
            ...withoutUndefined(featuredImage),
          },
  }
}

/** Drops keys that are there but undefined, which would hide the defaults before them. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never
}
