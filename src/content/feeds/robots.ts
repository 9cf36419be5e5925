/** A robots.txt (RFC 9309) that lets everybody in and names the sitemaps. */
export function robots(sitemaps: readonly string[]): string {
  return ['User-agent: *', 'Allow: /', '', ...sitemaps.map((url) => `Sitemap: ${url}`), ''].join('\n')
}
