import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { bytesOf } from './body-arbitrary.ts'
import type { FuzzRequest } from './request-arbitrary.ts'
import type { Keys } from './world.ts'

/** What came back. */
export interface FuzzAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Not encoded. */
  readonly body: Buffer
}

/** Sends requests to one server, over connections that live on. */
export interface Client {
  /** @throws Error when no answer comes within 20 s, or the connection breaks */
  send(request: FuzzRequest): Promise<FuzzAnswer>
  close(): void
}

const PATIENCE_MS = 20_000

/** Makes a client that sends exactly what a request says. */
export function createClient(url: string, keys: Keys): Client {
  const { hostname, port, host } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })

  function headersOf({ method, caller, headers, body }: FuzzRequest): string[] {
    const names = new Set(headers.map(([name]) => name))
    return [
      ...(names.has('host') ? [] : ['Host', host]),
      ...(caller === 'anonymous' ? [] : ['Authorization', `Bearer ${keys[caller]}`]),
      ...(body === null && hasNoBodyByItself(method)
        ? []
        : ['Content-Length', String(body === null ? 0 : bytesOf(body).length)]),
      ...headers.flat(),
    ]
  }

  function sendOnce(sent: FuzzRequest): Promise<FuzzAnswer> {
    return new Promise((resolve, reject) => {
      const headers = headersOf(sent)
      const outgoing = request(
        { hostname, port, agent, method: sent.method, path: sent.url, headers },
        (incoming) => {
          incoming.toArray().then((chunks: Buffer[]) => {
            const { statusCode = 0, headers: received } = incoming
            resolve({ status: statusCode, headers: received, body: decoded(Buffer.concat(chunks), received) })
          }, reject)
        },
      )
      outgoing.setTimeout(PATIENCE_MS, () =>
        outgoing.destroy(new Error(`No answer within ${PATIENCE_MS} ms.`)),
      )
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        reject(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error),
      )
      outgoing.end(sent.body === null ? undefined : bytesOf(sent.body))
    })
  }

  return {
    async send(sent) {
      try {
        return await sendOnce(sent)
      } catch (error) {
        // The server may end an idle connection just when it is used (RFC 9112 §9.3.1).
        if (error instanceof StaleConnection) return await sendOnce(sent)
        throw error
      }
    },
    close: () => agent.destroy(),
  }
}

/** Node's client sends such requests without saying that there is no body; to others it adds an empty chunk. */
const hasNoBodyByItself = (method: string): boolean =>
  ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(method)

class StaleConnection extends Error {}

function decoded(body: Buffer, headers: IncomingHttpHeaders): Buffer {
  if (body.length === 0) return body
  switch (headers['content-encoding']) {
    case 'br':
      return brotliDecompressSync(body)
    case 'gzip':
      return gunzipSync(body)
    default:
      return body
  }
}
