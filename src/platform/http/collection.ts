import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Cacheability, sendJson } from './conditional.ts'

const Page = z
  .object({
    limit: z.int().meta({ description: 'The most items that a page has, as it was asked for.' }),
    next: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `cursor` to get the page after this one; null on the last.' }),
    prev: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `cursor` to get the page before this one; null on the first.' }),
  })
  .meta({ id: 'Page', description: 'Where a page lies in its list.' })
export type Page = z.infer<typeof Page>

/** A page of a list that can be counted. */
export const CountedPage = z
  .object({
    ...Page.shape,
    total: z.int().optional().meta({ description: 'How many the whole list has; only with `total=true`.' }),
  })
  .meta({ id: 'CountedPage', description: 'Where a page lies in its list, and how long that is.' })
export type CountedPage = z.infer<typeof CountedPage>

/** What every page of `item`s has. */
export const collectionShape = <Item extends z.ZodType>(item: Item) => ({
  data: z.array(item).meta({ description: 'What is on this page, in the order of the list.' }),
  page: Page,
})

/** The schema of a page of `item`s. */
export function collectionOf<Item extends z.ZodType>(item: Item, id: string) {
  return z.object(collectionShape(item)).meta({ id, description: 'One page of a list.' })
}

/** What Node lets through in an address, and would end the link early, or is no URI (RFC 3986 §2). */
const NO_URI_CHARACTER = /["<>\\^`{|}]/g

const MAX_LINK_LENGTH = 8_000

/**
 * The `Link` header of a page (RFC 8288): this request's address with the cursors of its neighbours.
 * Relative, so that it holds behind whatever proxy the client came through.
 */
function linkHeader(url: string, page: Page): string | null {
  const [path, query = ''] = url.split('?', 2)
  // As it was written, but for the cursor: a comma and an encoded one are not the same.
  const others = query
    .split('&')
    .filter((parameter) => parameter !== '' && !new URLSearchParams(parameter).has('cursor'))
    .map((parameter) => parameter.replaceAll(NO_URI_CHARACTER, encodeURIComponent))
  const link = (cursor: string | null, rel: string) =>
    cursor === null ? [] : [`<${path}?${[...others, `cursor=${cursor}`].join('&')}>; rel="${rel}"`]
  const links = [...link(page.next, 'next'), ...link(page.prev, 'prev')]
  const header = links.join(', ')
  // Node and proxies refuse answers whose headers are longer than 16 KB; the cursors are in the body too.
  return header === '' || header.length > MAX_LINK_LENGTH ? null : header
}

/** Answers with one page of a list, conditionally, its neighbours in the `Link` header. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  data: readonly unknown[],
  page: Page,
  about: Cacheability = {},
): FastifyReply {
  linkPages(reply, request.url, page)
  return sendJson(request, reply, { data, page }, about)
}

/** Sets the page's `Link` header, where it has neighbours. */
export function linkPages(reply: FastifyReply, url: string, page: Page): void {
  const header = linkHeader(url, page)
  if (header !== null) reply.header('link', header)
}
