import { newsArticle, type Thing } from '#src/content/export/index.ts'
import type { Config } from '#src/platform/config.ts'
import { publicMarkdown, storedMarkdown } from './markdown-view.ts'
import type { ArticleRow } from './queries.ts'
import type { Article } from './schemas.ts'
import type { Viewer } from './view.ts'

/** The types of an article that are written here, by the name that `?format=` gives them. */
export const textTypes = {
  markdown: 'text/markdown',
  html: 'text/html',
  jsonld: 'application/ld+json',
} as const
export type TextType = (typeof textTypes)[keyof typeof textTypes]

/** An article as text of a type, and the headers that go with it. */
export interface ArticleText {
  body: string
  contentType: string
  headers: Readonly<Record<string, string>>
}

/**
 * The article as Markdown, as a page, or as JSON-LD. The latter two are made of the representation that the asker gets
 * as JSON, so that they say no more than that; but of its authors, who have pages of their own here.
 */
export async function articleText(
  type: TextType,
  row: ArticleRow,
  article: Article,
  viewer: Viewer,
  config: Config,
): Promise<ArticleText> {
  const contentType = `${type}; charset=utf-8`
  switch (type) {
    case 'text/markdown': {
      const body = viewer.mayEdit ? storedMarkdown(row) : await publicMarkdown(article)
      return { body, contentType, headers: {} }
    }
    case 'application/ld+json':
      return { body: JSON.stringify(structuredData(article, row, config)), contentType, headers: {} }
    case 'text/html': {
      const { ARTICLE_PAGE_POLICY, articlePage, pageSite } = await import('./pages/index.ts')
      const isPublic = !viewer.mayEdit || isPublicNow(article)
      const body = articlePage(article, pageSite(config, row), structuredData(article, row, config), isPublic)
      return { body, contentType, headers: { 'content-security-policy': ARTICLE_PAGE_POLICY } }
    }
  }
}

function structuredData(article: Article, { authors }: ArticleRow, config: Config): Thing {
  const described = { ...article, authors }
  return newsArticle(described, {
    name: config.siteName,
    url: config.siteUrl,
    mediaBaseUrl: config.mediaBaseUrl ?? config.siteUrl,
  })
}

/** Whether what an editor sees is there for readers too. */
function isPublicNow({ status, trashedAt, unpublishAt }: Article): boolean {
  const isOver = unpublishAt !== null && Date.parse(unpublishAt) <= Date.now()
  return status === 'published' && (trashedAt ?? null) === null && !isOver
}
