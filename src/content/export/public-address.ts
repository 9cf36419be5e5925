import { percentEncoded } from './web-address.ts'

/**
 * An address as other sites can use it: absolute, percent-encoded (RFC 3986 §2), a relative one resolved against
 * `base`, which is a folder whether or not a slash ends it. Null for what is no http(s) address. Whoever copies such
 * an address out of structured data has no page to resolve it against.
 */
export function publicAddress(address: string, base: string): string | null {
  const url = URL.parse(percentEncoded(address.trim()), base.endsWith('/') ? base : `${base}/`)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
    ? percentEncoded(url.href)
    : null
}
