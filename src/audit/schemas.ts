import { z } from 'zod'
import { didYouMean } from '#src/platform/http/nearest-name.ts'
import { query, queryInstant, queryLimit, queryText, text } from '#src/platform/http/zod-types.ts'
import { actionsLike, auditActions } from './audit-actions.ts'
import { ipAddress } from './trail.ts'

const outcome = z.enum(['done', 'refused'])

/** One thing that was done, or that was tried and refused. */
export const AuditEntry = z
  .object({
    id: z.uuid().meta({ description: 'Id of the entry; later entries have later ids.' }),
    timestamp: z.iso.datetime().meta({
      description:
        'When it was done, RFC 3339, UTC; of refusals: when they were written down, seconds after.',
    }),
    outcome: outcome.meta({
      description: '`refused`: a 401, 403 or 429, or a 404 that stands for a 403; nothing was changed.',
    }),
    action: z.string().meta({
      description: 'What was done, such as `article.published`; of what was refused the operation’s name.',
    }),
    actor: z
      .object({
        id: z.string().meta({ description: 'Id of the key.' }),
        name: z.string().meta({ description: 'What the key was called then.' }),
      })
      .nullable()
      .meta({
        description:
          'The key; null: the command line, an import or the start of the server did it, or nobody known was refused.',
      }),
    article: z
      .object({
        id: z.uuid().meta({ description: 'Id of the article, which may be there no more.' }),
        before: z.int().nullable().meta({ description: 'Its revision before; null: it was not there.' }),
        after: z.int().nullable().meta({
          description: 'Its revision after, the same after a transition; null: it is there no more.',
        }),
      })
      .nullable()
      .meta({ description: 'The article that it was done to.' }),
    subject: z
      .object({
        kind: z.string().meta({
          description:
            '`tag`, `topic`, `author`, `source-domain`, `redirect`, `key` …; of what was refused `address`: the id or slug in the path',
        }),
        id: z.string().meta({ description: 'Its id; of what has none, its slug or domain.' }),
        became: z.string().nullable().meta({
          description:
            'Its new slug, or that of the one that it was merged into; of a key what it may do from then on; null: it is called the same.',
        }),
      })
      .nullable()
      .meta({ description: 'What it was done to, where that is no article.' }),
    reason: z.string().nullable().meta({
      description: 'Why, as whoever did it said; in what was erased: why it was erased.',
    }),
    address: z.string().nullable().meta({
      description:
        'The client’s IP address, as `TRUST_PROXY` has it; null: there was no client, or there were many.',
    }),
    requestId: z.string().nullable().meta({
      description: 'The request’s id, as in the log; null: there was no request, or there were several.',
    }),
    status: z.int().nullable().meta({ description: 'What a refused request was answered with.' }),
    count: z.int().meta({ description: 'How many refusals, alike in all of this, the entry stands for.' }),
    erasedAt: z.iso.datetime().nullable().meta({
      description:
        'When actor, address, request and reason were erased, for legal reasons; null: they were not.',
    }),
  })
  .meta({ id: 'AuditEntry', description: 'One thing that was done, or that was tried and refused.' })
export type AuditEntry = z.infer<typeof AuditEntry>

/** Why an entry is erased. */
export const AuditErasure = z
  .strictObject({
    reason: text(500, 1).meta({ description: 'Why: kept in the entry, in place of what it said.' }),
  })
  .meta({ id: 'AuditErasure', description: 'Why an entry is erased.' })

/** `article.published`, all of `article.*`, or the name of an operation: the pattern tells the rest. */
const action = z
  .string()
  .max(100)
  .regex(/^[a-z][A-Za-z-]*(?:\.[a-z_*]+)?$/, {
    error:
      'Expected an action such as "article.published", "article.*", or an operation such as "patchArticle".',
  })
  .superRefine((given, context) => {
    const isKnown = actionsLike(given).some((one) => auditActions.includes(one))
    // Operations are refused under their names, which only the routes know.
    if (isKnown || !given.includes('.')) return
    context.addIssue({
      code: 'custom',
      message: `No action is called "${given}".${didYouMean(given, auditActions)}`,
    })
  })

const address = z
  .string()
  .max(100)
  .refine((given) => ipAddress(given) !== null, { error: 'Expected an IP address, such as 203.0.113.7.' })
  .transform((given) => ipAddress(given) ?? given)

/** What the audit can be asked for. */
export const AuditQuery = query({
  actor: queryText(100).optional().meta({ description: 'Id of a key.' }),
  action: action.optional().meta({
    description: 'An action, or all that begin alike: `article.*`; of refusals, an operation.',
    examples: ['article.*'],
  }),
  article: z.uuid().optional().meta({ description: 'Id of an article, also of one that is there no more.' }),
  outcome: outcome.optional().meta({ description: '`done` or `refused`; left out: both.' }),
  address: address.optional().meta({ type: 'string', description: 'The client’s IP address.' }),
  requestId: queryText(64).optional().meta({ description: 'The request’s id.' }),
  after: queryInstant.optional().meta({ description: 'At this instant or later.' }),
  before: queryInstant.optional().meta({ description: 'Before this instant.' }),
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: '`page.next` or `page.prev` of another answer.' }),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditParams = z.strictObject({
  id: z.uuid().meta({ description: 'Id of the entry, as the list gives it.' }),
})
