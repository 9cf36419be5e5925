import { z } from 'zod'
import { articleLocale } from '#src/articles/index.ts'
import { reasonParameter } from '#src/audit/index.ts'
import { roles } from '#src/auth/index.ts'
import { displayName } from '#src/content/names.ts'
import { instant, list, query, queryLimit, queryText, text } from '#src/platform/http/zod-types.ts'
import { TermLink, TermRef } from '#src/taxonomy/index.ts'

const MAX_NAME = 200
/** Locales, or topics, that a key may be limited to. */
const MAX_LIMITS = 100
/** A week: who has not put the new key in place by then will not. */
const MAX_GRACE_SECONDS = 604_800

const role = z.enum(roles).meta({
  description:
    'What it may do. `reader`: what anybody may. `viewer`: reads drafts too. `author`: writes, and changes own articles that are not published. `editor`: all articles, publishing, taxonomies, sources, redirects. `admin`: keys, audit, metrics as well.',
})

/** An API key, without its secret. */
export const ApiKey = z
  .object({
    id: z.string().meta({ description: 'What stands in the key between `mh_` and the next `_`.' }),
    name: z.string().meta({ description: 'What it is for.' }),
    role,
    expiresAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'From when on it is not valid; null: it does not expire.' }),
    locales: z
      .array(z.string())
      .nullable()
      .meta({ description: 'The locales in which alone it may write; null: in any.' }),
    topics: z
      .array(TermLink)
      .nullable()
      .meta({ description: 'The topics under which alone it may write; null: under any, and under none.' }),
    lastUsedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When it was used last, to the minute; null: never.' }),
    createdAt: z.iso.datetime().meta({ description: 'RFC 3339, UTC.' }),
    createdBy: z
      .string()
      .nullable()
      .meta({ description: 'Id of the key that made it; null: the command line, or the first start.' }),
    previousValidUntil: z.iso.datetime().nullable().meta({
      description: 'Until when the key before the last rotation is valid too; null: it is not.',
    }),
  })
  .meta({ id: 'ApiKey', description: 'An API key, without its secret.' })
export type ApiKey = z.infer<typeof ApiKey>

/** A key that was just made, with its secret. */
export const NewApiKey = z
  .object({
    ...ApiKey.shape,
    key: z.string().meta({ description: 'The whole key, shown this once: nobody can read it again.' }),
  })
  .meta({ id: 'NewApiKey', description: 'An API key with its secret.' })

const name = text(MAX_NAME, 1)
  .transform(displayName)
  .refine((shown) => shown !== '', { error: 'A name needs a visible character.' })
  .meta({ description: 'What it is for: who reads the audit should know.' })
const editable = {
  expiresAt: instant.nullable().optional().meta({ description: 'In the future; null: it does not expire.' }),
  locales: list(articleLocale, MAX_LIMITS)
    .nullable()
    .optional()
    .meta({ description: 'The locales in which alone it may write: of `author` and `editor` only.' }),
  topics: list(TermRef, MAX_LIMITS)
    .nullable()
    .optional()
    .meta({ description: 'The topics under which alone it may write, by name or slug: likewise.' }),
}

/** A key to be. */
export const ApiKeyInput = z
  .strictObject({ name, role, ...editable })
  .meta({ id: 'ApiKeyInput', description: 'A new API key.' })
export type ApiKeyInput = z.output<typeof ApiKeyInput>

/** What changes of a key. */
export const ApiKeyPatch = z
  .strictObject({ name: name.optional(), role: role.optional(), ...editable })
  .meta({
    id: 'ApiKeyPatch',
    description: 'A JSON merge patch (RFC 7396): null removes, lists are replaced whole.',
  })
export type ApiKeyPatch = z.output<typeof ApiKeyPatch>

export const ApiKeyRotation = z
  .strictObject({
    graceSeconds: z.int().min(0).max(MAX_GRACE_SECONDS).optional().meta({
      description: 'How long the present key is valid beside the new one; 86400, a day, when left out.',
    }),
  })
  .meta({ id: 'ApiKeyRotation', description: 'How a key is replaced by a new one.' })

export const ApiKeyParams = z.strictObject({
  id: queryText(16).meta({
    description: 'Id of the key: what stands in it between `mh_` and the next `_`.',
    examples: ['Zq3vT9mLwK2x'],
  }),
})

export const ApiKeyListQuery = query({
  role: z.enum(roles).optional().meta({ description: 'Only keys with this role.' }),
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: '`page.next` or `page.prev` of another answer.' }),
})
export type ApiKeyListQuery = z.output<typeof ApiKeyListQuery>

export const ApiKeyWriteQuery = query({
  reason: reasonParameter,
})
