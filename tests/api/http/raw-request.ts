import { type IncomingHttpHeaders, request } from 'node:http'

/** An answer as it came over the wire: nothing decoded, nothing followed. */
export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Sends a request with these headers and no others; supertest adds some, and decodes what it gets. */
export function rawRequest(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, headers: { ...headers, connection: 'close' } },
      async (incoming) => {
        const body = Buffer.concat(await incoming.toArray())
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body })
      },
    )
    outgoing.on('error', reject)
    outgoing.end()
  })
}
