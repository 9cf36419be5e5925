import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isAllowed } from '#src/auth/index.ts'
import { exportContent, exportTypes, sendItems } from '#src/citations/index.ts'
import { itemOfArticle } from '#src/content/export/index.ts'
import type { Deps } from '#src/deps.ts'
import type { Config } from '#src/platform/config.ts'
import { answerHeaders, content, movedPermanently, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { sendJson, sendRepresentation } from '#src/platform/http/conditional.ts'
import { acceptedType } from '#src/platform/http/negotiate.ts'
import { fieldsParameter, pickFields } from '#src/platform/http/picked-fields.ts'
import { query } from '#src/platform/http/zod-types.ts'
import { articleText, type TextType, textTypes } from './article-text.ts'
import { refuseEditorialFields } from './editorial-fields.ts'
import articleExample from './examples/article.json' with { type: 'json' }
import jsonLdExample from './examples/article-json-ld.json' with { type: 'json' }
import markdownExample from './examples/article-markdown.json' with { type: 'json' }
import pageExample from './examples/article-page.json' with { type: 'json' }
import { getArticle, getReaderArticle } from './find-article.ts'
import { readerJson } from './reader-json.ts'
import type { ReaderArticleRow } from './reader-json-queries.ts'
import { Article, ArticleParams, articleLocale, NewsArticle } from './schemas.ts'
import { articleSurrogateKeys } from './surrogate-keys.ts'
import { articleView } from './view.ts'

const JSON_TYPE = 'application/json'
const formatTypes = { json: JSON_TYPE, ...textTypes, ...exportTypes } as const
type Format = keyof typeof formatTypes
type FormatType = (typeof formatTypes)[Format]

const fieldNames = Object.keys(Article.omit({ findings: true }).shape)

const DetailQuery = query({
  locale: articleLocale.optional().meta({
    description:
      'Language of the article, where it is named by its slug; left out: the site’s locale, else the oldest article with this slug.',
  }),
  format: z
    .enum(Object.keys(formatTypes) as [Format, ...Format[]])
    .optional()
    .meta({ description: 'The type of the answer; wins over `Accept`.' }),
  fields: fieldsParameter(
    fieldNames,
    ' What only a key is shown that may see drafts is refused without one.',
  ).optional(),
}).refine(({ format = 'json', fields }) => format === 'json' || fields === undefined, {
  path: ['fields'],
  error: 'Only JSON has fields: leave out `fields` or `format`.',
})

/** Reading one article, in all its representations. */
export function articleRoutes(deps: Deps) {
  const { config } = deps
  return async (app: App): Promise<void> => {
    app.get(
      '/articles/:ref',
      {
        schema: {
          operationId: 'getArticle',
          tags: ['Articles'],
          summary: 'One article',
          description:
            'By id or slug: as JSON; as its Markdown document; as a complete page without scripts (`html`); as schema.org’s NewsArticle with its citations (`jsonld`); or as CSL-JSON, BibTeX or RIS for citing it. With a key that may see drafts the document is the stored one, byte for byte; without, the body stands under a front matter of the public fields. In the page and in JSON-LD relative addresses of pictures are resolved against `MEDIA_BASE_URL`, else `SITE_URL`.\n\nBehind a cache that may ignore `Vary: Accept`, ask with `?format=`: such addresses have one type.',
          params: ArticleParams,
          querystring: DetailQuery,
          response: {
            200: content(
              {
                [JSON_TYPE]: { schema: Article, example: articleExample },
                [textTypes.markdown]: { schema: z.string(), example: markdownExample },
                [textTypes.html]: { schema: z.string(), example: pageExample },
                [textTypes.jsonld]: { schema: NewsArticle, example: jsonLdExample },
                ...exportContent,
              },
              {
                description: 'The article; with `fields`, the fields that are named.',
                headers: {
                  ETag: answerHeaders.etag,
                  'Content-Language': answerHeaders.contentLanguage,
                  'Content-Location': answerHeaders.contentLocation,
                },
              },
            ),
            301: movedPermanently,
            304: noContent('The article is what the client has already.'),
            ...problems('unauthorized', 'not_found', 'gone'),
          },
        },
      },
      async (request, reply) => {
        const { locale, format, fields } = request.query
        const type = format === undefined ? acceptedType(request, typesWith(fields)) : formatTypes[format]
        const viewer = { mayEdit: isAllowed(request.actor, 'article.readUnpublished') }
        refuseEditorialFields(fields, viewer)
        const address = { ref: request.params.ref, locale }
        if (type === JSON_TYPE && fields === undefined && !viewer.mayEdit) {
          return sendReaderJson(request, reply, await getReaderArticle(deps, address), config)
        }
        const row = await getArticle(deps, address, viewer.mayEdit)
        const article = articleView(row, viewer, config)
        const about = {
          revision: row.revision,
          surrogateKeys: articleSurrogateKeys(article),
          freshForMs: row.next_change_ms,
        }
        reply.header('content-language', row.locale)
        if (type === JSON_TYPE) return sendJson(request, reply, pickFields(article, fields), about)
        if (format === undefined) {
          reply.header('content-location', `/v1/articles/${row.id}?format=${nameOf(type)}`)
        }
        if (isTextType(type)) {
          const { headers, ...text } = await articleText(type, row, article, viewer, config)
          return sendRepresentation(request, reply.headers(headers), { ...text, ...about })
        }
        const site = { name: config.siteName, url: config.siteUrl, timeZone: config.siteTimeZone }
        return sendItems(request, reply, type, [itemOfArticle(article, site)], about)
      },
    )
  }
}

/** What readers get and caches keep: the shortest way there is. */
function sendReaderJson(
  request: FastifyRequest,
  reply: FastifyReply,
  row: ReaderArticleRow,
  config: Config,
): FastifyReply {
  const { id, revision, next_change_ms: freshForMs } = row
  const [tags, topics, authors] = [row.tags, row.topics, row.authors].map((text) => JSON.parse(text))
  return sendRepresentation(request, reply.header('content-language', row.locale), {
    body: readerJson(row, config),
    contentType: 'application/json; charset=utf-8',
    revision,
    surrogateKeys: articleSurrogateKeys({ id, tags, topics, authors }),
    freshForMs,
  })
}

/** Only JSON has fields, so whoever names some gets JSON. */
const typesWith = (fields: readonly string[] | undefined): readonly FormatType[] =>
  fields === undefined ? Object.values(formatTypes) : [JSON_TYPE]

const isTextType = (type: FormatType): type is TextType => Object.values<string>(textTypes).includes(type)

/** What `?format=` calls a type. */
const nameOf = (type: FormatType) =>
  Object.entries(formatTypes).find(([, one]) => one === type)?.[0] ?? 'json'
