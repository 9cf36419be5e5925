/** What links may lead to (with relative addresses): anything else runs code or leaves the browser. */
export const linkSchemes = ['http', 'https', 'mailto', 'tel']

const maxDataImage = 64 * 1024
const scheme = /^([a-z][a-z0-9+.-]*):/i

/** A link's address as html has it, percent-encoded; null for none, and for one that readers must not follow. */
export function linkAddress(address: string): string | null {
  const encoded = percentEncoded(address)
  if (encoded === '') return null
  const name = scheme.exec(encoded)?.[1]?.toLowerCase()
  return name === undefined || linkSchemes.includes(name) ? encoded : null
}

/** An address with what no url may hold percent-encoded, a stray `%` too; what is encoded already stays. */
function percentEncoded(address: string): string {
  return encodeURI(address.toWellFormed().trim()).replaceAll(/%25(?=[0-9A-Fa-f]{2})/g, '%')
}

/**
 * An image's address, percent-encoded, a relative one resolved against `mediaBaseUrl`, which is a folder; null for one
 * that is not shown.
 */
export function imageAddress(address: string, mediaBaseUrl: string | null): string | null {
  // Browsers take these out before they look at the scheme (WHATWG URL §4.4).
  const src = percentEncoded(address.replace(/[\t\n\r]/g, ''))
  if (src === '') return null
  const name = scheme.exec(src)?.[1]?.toLowerCase()
  if (name === 'data') {
    const isSmallImage =
      /^data:image\/(?:png|gif|jpe?g|webp|avif);base64,/i.test(src) && src.length <= maxDataImage
    return isSmallImage ? src : null
  }
  if (name !== undefined) return name === 'http' || name === 'https' ? src : null
  if (mediaBaseUrl === null || src.startsWith('//')) return src
  return URL.parse(src, mediaBaseUrl.endsWith('/') ? mediaBaseUrl : `${mediaBaseUrl}/`)?.href ?? src
}

/** The images of a `srcset`, each with its width or density (HTML §4.8.4.2.1); null when one of them is not shown. */
export function imageAddresses(srcset: string, mediaBaseUrl: string | null): string | null {
  const candidates = srcset.split(',').map((candidate) => {
    const [, address = '', descriptor = ''] = /^\s*(\S+)(\s+\d+(?:\.\d+)?[wx])?\s*$/.exec(candidate) ?? []
    const shown = imageAddress(address, mediaBaseUrl)
    return shown === null ? null : `${shown}${descriptor}`
  })
  return candidates.includes(null) ? null : candidates.join(', ')
}

/** `rel` of a link to this address; null for one within the site. Browsers read `\` as `/` (WHATWG URL §4.4). */
export function relOf(address: string): string | null {
  const read = address.replace(/[\t\n\r]/g, '')
  return /^[\0- ]*(?:https?:|[\\/]{2})/i.test(read) ? 'noopener' : null
}
