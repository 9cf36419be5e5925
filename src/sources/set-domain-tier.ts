import { getDomain } from 'tldts'
import { recordAudit, type Trail } from '#src/audit/index.ts'
import { canonicalSourceUrl } from '#src/content/citations/canonical-url.ts'
import type { Deps } from '#src/deps.ts'
import type { SourceTier } from '#src/generated/prisma/enums.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { AppError } from '#src/platform/errors.ts'

/**
 * Says how far a domain is trusted; also one that nobody has cited yet.
 * @returns the domain as sources have it
 * @throws AppError `invalid_parameters` for what is neither a registrable domain nor another host that sources are on
 */
export async function setDomainTier(
  deps: Deps,
  trail: Trail,
  name: string,
  tier: SourceTier,
): Promise<string> {
  // As canonical urls have it: lower case, international names in ASCII (IDNA).
  const host = canonicalSourceUrl(`http://${name}`)?.domain ?? null
  const registrable = host === null ? null : getDomain(host, { allowPrivateDomains: true })
  const isExact = host !== null && URL.parse(`http://${name}`)?.hostname === host
  if (!isExact) throw notRegistrable(registrable)
  return await transaction(deps.db, async (tx) => {
    // An IP address or a name of one label is nobody's to register: then sources must be there.
    const isThere = registrable !== null || (await hasSources(tx, host))
    if (!isThere) throw notRegistrable(registrable)
    const domain = registrable ?? host
    if (await saveTier(tx, domain, tier)) {
      await recordAudit(tx, trail, {
        action: 'source.updated',
        subject: { kind: 'source-domain', id: domain },
      })
    }
    return domain
  })
}

async function hasSources(tx: Transaction, domain: string): Promise<boolean> {
  return (await tx.sourceDomain.count({ where: { domain } })) > 0
}

/** Whether that changed anything. */
async function saveTier(tx: Transaction, domain: string, tier: SourceTier): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO source_domain AS d (domain, tier) VALUES (${domain}, ${tier}::source_tier)
    ON CONFLICT (domain) DO UPDATE SET tier = excluded.tier WHERE d.tier <> excluded.tier`
  return changed > 0
}

/** 400. `registrable`: the domain that was meant, if there is one. */
function notRegistrable(registrable: string | null): AppError {
  const hint = registrable === null ? 'such as "example.org"' : `which is "${registrable}" here`
  const message = `Not a registrable domain: give it without scheme, path and subdomain, ${hint}.`
  return new AppError('invalid_parameters', 400, message, {
    errors: [{ in: 'path', path: 'domain', code: 'invalid_domain', message }],
  })
}
