/** Longer ones are no addresses, and a btree would refuse them. */
const MAX_BYTES = 2_000

/** How one and the same page may end. */
const ENDINGS = ['', '.html', '/index.html', '.htm']

/**
 * A path of the readers' site as redirects are kept by: percent-decoded, NFC, one slash at a time, none at the end,
 * without query and fragment. It may be given as an address of the site. Null for what is no path of the site.
 */
export function sitePath(text: string, siteUrl: string): string | null {
  const path = pathPart(text.trim(), siteUrl)
  if (!path?.startsWith('/')) return null
  const plain = withoutSlash(
    decoded(path.replace(/[?#].*$/s, ''))
      .normalize('NFC')
      .replace(/\/{2,}/g, '/'),
  )
  const isStorable = !plain.includes('\0') && plain.isWellFormed() && Buffer.byteLength(plain) <= MAX_BYTES
  return isStorable ? plain : null
}

/** What of an address is its path: of an absolute one only when it is of this site, by http or https. */
function pathPart(text: string, siteUrl: string): string | null {
  if (!/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(text)) return text
  const [, host, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(text) ?? []
  if (host === undefined || host.toLowerCase() !== new URL(siteUrl).host) return null
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** Under which paths the same page may be asked for, itself first: with and without `.html` and the like. */
export function pathVariants(path: string): string[] {
  const base = path.replace(/(?:\/index)?\.html?$/i, '')
  return [...new Set([path, base === '' ? '/' : base, ...ENDINGS.map((ending) => base + ending)])].filter(
    (variant) => variant !== '',
  )
}

/** A path for a `Location` header or a link. */
export const encodedPath = (path: string): string =>
  encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23')

/** Bytes that are no UTF-8, as old Chinese sites have them, stay as they are written. */
function decoded(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run.toUpperCase()
    }
  })
}

const withoutSlash = (path: string) => (path === '/' ? path : path.replace(/\/$/, ''))
