import { getDomain } from 'tldts'

const trackingParameters = new Set([
  '_ga',
  '_gl',
  '_hsenc',
  '_hsmi',
  'cmpid',
  'dclid',
  'fbclid',
  'gbraid',
  'gclid',
  'gclsrc',
  'icid',
  'igsh',
  'igshid',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  'msclkid',
  'ncid',
  'oly_anon_id',
  'oly_enc_id',
  'scm',
  'smid',
  'spm',
  'srsltid',
  'ttclid',
  'twclid',
  'vero_id',
  'wbraid',
  'wt_mc',
  'yclid',
])

/**
 * The one address of a source, however it is cited, and its registrable domain (Public Suffix List, private
 * suffixes included: `someone.github.io` is a domain of its own). Null for what is not http(s), and for a host that is
 * longer than a name in DNS can be (253 characters, RFC 1035 §2.3.4).
 *
 * Lower-case host without `www.`; no user, fragment, default port, trailing slash or tracking parameters; the query
 * sorted; percent-encoding in one spelling (RFC 3986 §6.2.2). The scheme, AMP and mobile variants are left alone.
 * International names are in their ASCII form (`xn--…`), as browsers and DNS compare them.
 *
 * Idempotent: the canonical form of a canonical form is itself.
 */
export function canonicalSourceUrl(url: string): { url: string; domain: string } | null {
  const parsed = URL.parse(url.trim())
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return null
  const name = parsed.hostname.replace(/\.+$/, '')
  if (name === '' || name.length > maxHostCharacters) return null
  const host = withoutWww(name)
  const port = parsed.port === '' ? '' : `:${parsed.port}`
  const path = normalizedEncoding(parsed.pathname).replace(/\/+$/, '')
  const query = canonicalQuery(parsed.search)
  return {
    url: `${parsed.protocol}//${host}${port}${path}${query}`,
    domain: getDomain(host, { allowPrivateDomains: true }) ?? host,
  }
}

const maxHostCharacters = 253

function withoutWww(host: string): string {
  let rest = host
  while (rest.startsWith('www.') && getDomain(rest.slice(4)) !== null) rest = rest.slice(4)
  return rest
}

function canonicalQuery(search: string): string {
  const parameters = search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !isTracking(parameter))
    .map(normalizedEncoding)
  return parameters.length === 0 ? '' : `?${parameters.sort().join('&')}`
}

function isTracking(parameter: string): boolean {
  const name = normalizedEncoding(parameter.split('=', 1)[0] ?? '').toLowerCase()
  return name.startsWith('utm_') || trackingParameters.has(name)
}

/**
 * Upper-case hex digits; characters that need no encoding (letters, digits, `-._~`) without one. A `%` that begins no
 * encoding is encoded itself: what is decoded after it could make it begin one (`%a%41` → `%aA`).
 */
function normalizedEncoding(text: string): string {
  return text.replace(/%([0-9a-f]{2})?/gi, (encoded, hex: string | undefined) => {
    if (hex === undefined) return '%25'
    const char = String.fromCharCode(Number.parseInt(hex, 16))
    return /[A-Za-z0-9\-._~]/.test(char) ? char : encoded.toUpperCase()
  })
}
