import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** Which header tells the cache what it may keep: a CDN obeys `CDN-Cache-Control` (RFC 9213) before the other. */
export type ObeyedHeader = 'cache-control' | 'cdn-cache-control'

/** A cache for all, in front of a server. */
export interface SharedCache {
  readonly url: string
  /** How many answers came out of the cache, asked for anew or not. */
  readonly hits: () => number
  /** Lets time pass. */
  readonly wait: (seconds: number) => void
  close(): Promise<void>
}

interface Kept {
  status: number
  headers: IncomingHttpHeaders
  body: string
  freshUntil: number
}

/**
 * A shared cache (RFC 9111) as many CDNs are: it keeps by address alone, whatever `Vary` says; what is stale it asks
 * for anew by its entity tag, with the headers of whoever asks now. Its clock is moved by hand.
 */
export async function startSharedCache(origin: string, obeyed: ObeyedHeader): Promise<SharedCache> {
  const kept = new Map<string, Kept>()
  let now = 0
  let hits = 0
  const server = createServer(async (asked, answer) => {
    const address = asked.url ?? '/'
    const found = kept.get(address)
    const send = ({ status, headers, body }: Kept) => answer.writeHead(status, headers).end(body)
    if (found !== undefined && now < found.freshUntil) {
      hits += 1
      send(found)
      return
    }
    const etag = found?.headers.etag
    const condition = etag === undefined ? {} : { 'if-none-match': etag }
    const fetched = await fetchFrom(`${origin}${address}`, { ...asked.headers, ...condition })
    const seconds = freshSeconds(fetched.headers, obeyed)
    if (fetched.status === 304 && found !== undefined) {
      hits += 1
      found.freshUntil = now + (seconds ?? 0)
      send(found)
      return
    }
    const answered = { ...fetched, freshUntil: now + (seconds ?? 0) }
    if (fetched.status === 200 && seconds !== null) kept.set(address, answered)
    send(answered)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hits: () => hits,
    wait: (seconds) => {
      now += seconds
    },
    close: () => closed(server),
  }
}

/** How long a shared cache may keep an answer without asking; null: it may not keep it. */
function freshSeconds(headers: IncomingHttpHeaders, obeyed: ObeyedHeader): number | null {
  const rule = String(headers[obeyed] ?? headers['cache-control'] ?? 'no-store')
  if (/\b(?:private|no-store)\b/.test(rule)) return null
  return Number(/\bs-maxage=(\d+)/.exec(rule)?.[1] ?? /\bmax-age=(\d+)/.exec(rule)?.[1] ?? 0)
}

function fetchFrom(url: string, headers: IncomingHttpHeaders): Promise<Omit<Kept, 'freshUntil'>> {
  return new Promise((resolve, reject) => {
    const { 'accept-encoding': _coding, connection: _connection, ...forwarded } = headers
    request(url, { headers: forwarded }, async (response) => {
      const { 'transfer-encoding': _transfer, connection: _closing, ...kept } = response.headers
      resolve({ status: response.statusCode ?? 0, headers: kept, body: await text(response) })
    })
      .on('error', reject)
      .end()
  })
}

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
