import { getDomain } from 'tldts'
import { canonicalSourceUrl } from '#src/content/citations/canonical-url.ts'
import type { Deps } from '#src/deps.ts'
import type { SourceTier } from '#src/generated/prisma/enums.ts'
import { AppError } from '#src/platform/errors.ts'

/**
 * Says how far a domain is trusted; also one that nobody has cited yet.
 * @returns the domain as sources have it
 * @throws AppError `invalid_parameters` for what is neither a registrable domain nor another host that sources are on
 */
export async function setDomainTier(deps: Deps, name: string, tier: SourceTier): Promise<string> {
  // As canonical urls have it: lower case, international names in ASCII (IDNA).
  const host = canonicalSourceUrl(`http://${name}`)?.domain ?? null
  const registrable = host === null ? null : getDomain(host, { allowPrivateDomains: true })
  const isExact = host !== null && URL.parse(`http://${name}`)?.hostname === host
  if (isExact && registrable === null && (await setTierOfHost(deps, host, tier))) return host
  if (!isExact || registrable === null) throw notRegistrable(registrable)
  await deps.db.sourceDomain.upsert({
    where: { domain: registrable },
    create: { domain: registrable, tier },
    update: { tier },
    select: { id: true },
  })
  return registrable
}

/** Of an IP address or a name of one label, which nobody registers: whether sources are there. */
async function setTierOfHost({ db }: Deps, domain: string, tier: SourceTier): Promise<boolean> {
  const { count } = await db.sourceDomain.updateMany({ where: { domain }, data: { tier } })
  return count > 0
}

/** 400. `registrable`: the domain that was meant, if there is one. */
function notRegistrable(registrable: string | null): AppError {
  const hint = registrable === null ? 'such as "example.org"' : `which is "${registrable}" here`
  const message = `Not a registrable domain: give it without scheme, path and subdomain, ${hint}.`
  return new AppError('invalid_parameters', 400, message, {
    errors: [{ in: 'path', path: 'domain', code: 'invalid_domain', message }],
  })
}
