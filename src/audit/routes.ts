import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, jsonBody, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, sendPage } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { query } from '#src/platform/http/zod-types.ts'
import { eraseEntry } from './erase-entry.ts'
import entriesExample from './examples/audit-entries.json' with { type: 'json' }
import entryExample from './examples/audit-entry.json' with { type: 'json' }
import erasedExample from './examples/erased-entry.json' with { type: 'json' }
import type { RefusalKeeper } from './keep-refusals.ts'
import { getEntry, listAudit } from './list-audit.ts'
import { AuditEntry, AuditErasure, AuditParams, AuditQuery } from './schemas.ts'
import { trailOf } from './trail.ts'
import { auditEntryView } from './view.ts'

const shared = { tags: ['Access'] }

/** `/v1/audit`: reading it, and erasing persons from it. `refusals`: written before it is read. */
export function auditRoutes(deps: Deps, refusals: RefusalKeeper) {
  return async (app: App): Promise<void> => {
    listRoute(app, deps, refusals)
    entryRoute(app, deps)
    eraseRoute(app, deps)
  }
}

function listRoute(app: App, deps: Deps, refusals: RefusalKeeper): void {
  app.get(
    '/audit',
    {
      schema: {
        ...shared,
        operationId: 'listAudit',
        summary: 'Who did what',
        description:
          'Every change, written in the change’s own transaction, and requests that were refused for want of a right or as too many (401 with a key or of a write, 403 and the 404 that stands for it, 429): equal ones as one entry with their `count`, within seconds. The newest first. Nothing in it can be changed or removed, but for `erase`, which takes the person out of an entry where the law wants it.\n\nA POST that publishes is `article.created`, then `article.published`. What changed nothing left no entry.',
        querystring: AuditQuery,
        response: {
          200: json(collectionOf(AuditEntry, 'AuditEntryList'), {
            description: 'One page of the audit.',
            example: entriesExample,
            headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
          }),
          304: noContent('The page is what the client has already.'),
          ...problems('invalid_cursor', 'unauthorized', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await refusals.flush()
      const { rows, page } = await listAudit(deps, request.query)
      return sendPage(request, reply, rows.map(auditEntryView), page)
    },
  )
}

function entryRoute(app: App, deps: Deps): void {
  app.get(
    '/audit/:id',
    {
      schema: {
        ...shared,
        operationId: 'getAuditEntry',
        summary: 'One entry of the audit',
        description: 'By its id.',
        params: AuditParams,
        response: {
          200: json(AuditEntry, {
            description: 'The entry.',
            example: entryExample,
            headers: { ETag: answerHeaders.etag },
          }),
          304: noContent('It is what the client has already.'),
          ...problems('unauthorized', 'forbidden', 'not_found'),
        },
      },
    },
    async (request, reply) =>
      sendJson(request, reply, auditEntryView(await getEntry(deps, request.params.id))),
  )
}

function eraseRoute(app: App, deps: Deps): void {
  app.post(
    '/audit/:id/erase',
    {
      schema: {
        ...shared,
        operationId: 'eraseAuditEntry',
        summary: 'Erase a person from an entry',
        description:
          'Where the law asks for it: who, from which address, by which request and why are erased for good, and the reason given here stands in the entry. What was done, to what and when stays. The erasure is an entry of its own. What is erased already stays as it is.',
        params: AuditParams,
        querystring: query({}),
        body: jsonBody(AuditErasure, {
          description: 'Why.',
          example: { reason: 'Art. 17 GDPR, request 2025-114' },
        }),
        response: {
          200: json(AuditEntry, { description: 'What is left of the entry.', example: erasedExample }),
          ...problems('unauthorized', 'forbidden', 'not_found'),
        },
      },
    },
    async (request) => {
      const { reason } = request.body
      const trail = { ...trailOf(request), reason }
      return auditEntryView(await eraseEntry(deps, trail, request.params.id, reason))
    },
  )
}
