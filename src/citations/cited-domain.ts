import { canonicalSourceUrl } from '#src/content/citations/canonical-url.ts'
import { queryText } from '#src/platform/http/zod-types.ts'

/** What may be given for a domain of sources, for the description of a parameter. */
export const domainWords =
  'A registrable domain, such as `36kr.com`; of a host or an address (`www.36kr.com`, `https://36kr.com/p/1`) the domain is taken.'

/**
 * A domain of sources in a query, by the rule that citations are filed under: the registrable domain of whatever host
 * or address is given. What is neither stays as it is, and is as unknown as a domain that nobody cites.
 */
export const citedDomain = queryText(2_000)
  .transform((given) => {
    const address = given.includes('://') ? given : `http://${given.trim()}`
    return canonicalSourceUrl(address)?.domain ?? given.toLowerCase()
  })
  .meta({ type: 'string' })
