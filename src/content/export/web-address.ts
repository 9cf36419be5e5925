import { plainLine } from './plain-line.ts'

const uriCharacters = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/
const others = /%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu
const exported = new Set(['http:', 'https:', 'ftp:'])

/**
 * A web address in nothing but the characters of a URI (RFC 3986 §2), so that every format carries it as it stands.
 * As it was written where that is one; else percent-encoded, an international host in its ASCII form. Null for what
 * is no absolute http(s) or ftp address.
 */
export function webAddress(text: string | null): string | null {
  const written = plainLine(text)
  const parsed = written === null ? null : URL.parse(written)
  if (written === null || parsed === null || !exported.has(parsed.protocol)) return null
  return uriCharacters.test(written) ? written : percentEncoded(parsed.href)
}

/** Percent-encodes what is no character of a URI (RFC 3986 §2.1); what is encoded already stays. */
export function percentEncoded(text: string): string {
  return text.toWellFormed().replace(others, encodeURIComponent)
}
