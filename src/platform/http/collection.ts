import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sendJson } from './conditional.ts'

const Page = z
  .object({
    limit: z.int(),
    next: z.string().nullable().meta({ description: 'Cursor of the page after this one; null on the last.' }),
    prev: z
      .string()
      .nullable()
      .meta({ description: 'Cursor of the page before this one; null on the first.' }),
  })
  .meta({ id: 'Page' })
export type Page = z.infer<typeof Page>

/** The schema of a page of `item`s. */
export function collectionOf<Item extends z.ZodType>(item: Item, id: string) {
  return z.object({ data: z.array(item), page: Page }).meta({ id, description: 'One page of a list.' })
}

/**
 * The `Link` header of a page (RFC 8288): this request's address with the cursors of its neighbours.
 * Relative, so that it holds behind whatever proxy the client came through.
 */
function linkHeader(url: string, page: Page): string | null {
  const [path, query] = url.split('?', 2)
  const link = (cursor: string | null, rel: string) => {
    if (cursor === null) return []
    const parameters = new URLSearchParams(query)
    parameters.set('cursor', cursor)
    return [`<${path}?${parameters}>; rel="${rel}"`]
  }
  const links = [...link(page.next, 'next'), ...link(page.prev, 'prev')]
  return links.length === 0 ? null : links.join(', ')
}

/** Answers with one page of a list, conditionally, its neighbours in the `Link` header. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  data: readonly unknown[],
  page: Page,
): FastifyReply {
  linkPages(reply, request.url, page)
  return sendJson(request, reply, { data, page })
}

/** Sets the page's `Link` header, where it has neighbours. */
export function linkPages(reply: FastifyReply, url: string, page: Page): void {
  const header = linkHeader(url, page)
  if (header !== null) reply.header('link', header)
}
