import { isIP } from 'node:net'
import type { Actor } from '#src/auth/index.ts'
import { queryText } from '#src/platform/http/zod-types.ts'

/** Who changes something, why and from where: what the audit says of every change beside the change itself. */
export interface Trail {
  /** null: no key did it, but the command line, the start, an import. */
  readonly actor: Actor | null
  readonly reason: string | null
  /** The client's IP address, as `TRUST_PROXY` has it; null: no request did it, or a proxy named none. */
  readonly address: string | null
  readonly requestId: string | null
}

/** What of a request a trail is made of. */
interface Asking {
  readonly actor: Actor | null
  /** Undefined for a connection that has ended before anybody asked. */
  readonly ip: string | undefined
  readonly id: string
  readonly query: { readonly reason?: string | undefined }
}

/** `?reason=`, for the query of each operation that changes something. */
export const reasonParameter = queryText(500)
  .optional()
  .meta({ description: 'Why, in a few words: kept in the audit.' })

/** The trail of a request that changes something, with the `?reason=` that every write takes. */
export function trailOf({ actor, ip, id, query }: Asking): Trail {
  return { actor, reason: query.reason ?? null, address: ipAddress(ip), requestId: id }
}

/** The trail of what no request does. */
export const unattended = (reason: string): Trail => ({ actor: null, reason, address: null, requestId: null })

/**
 * An address as the audit keeps it: one of IPv4 that came over IPv6 (RFC 4291 §2.5.5.2) is the same address. null for
 * what is none, as a trusted proxy may hand on whatever a client wrote.
 */
export function ipAddress(text: string | undefined): string | null {
  const address = (text ?? '').replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
  return isIP(address) === 0 ? null : address
}
