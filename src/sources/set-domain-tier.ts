import { getDomain } from 'tldts'
import type { Deps } from '#src/deps.ts'
import type { SourceTier } from '#src/generated/prisma/enums.ts'
import { AppError } from '#src/platform/errors.ts'

/**
 * Says how far a domain is trusted; also one that nobody has cited yet.
 * @returns the domain as sources have it
 * @throws AppError `invalid_parameters` for what is no registrable domain
 */
export async function setDomainTier(deps: Deps, name: string, tier: SourceTier): Promise<string> {
  const domain = registrableDomain(name)
  await deps.db.sourceDomain.upsert({
    where: { domain },
    create: { domain, tier },
    update: { tier },
    select: { id: true },
  })
  return domain
}

/** The domain as canonical urls have it: lower case, international names in ASCII (IDNA). */
function registrableDomain(name: string): string {
  const host = URL.parse(`http://${name}`)?.hostname
  const domain = host === undefined ? null : getDomain(host, { allowPrivateDomains: true })
  if (host !== undefined && domain === host) return domain
  const hint = domain === null ? 'such as "example.org"' : `which is "${domain}" here`
  const message = `Not a registrable domain: give it without scheme, path and subdomain, ${hint}.`
  throw new AppError('invalid_parameters', 400, message, {
    errors: [{ in: 'path', path: 'domain', code: 'invalid_domain', message }],
  })
}
