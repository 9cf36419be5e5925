import { trailOf } from '#src/audit/index.ts'
import { type Addressed, isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, bodies, json, jsonBody, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { createTerm } from './create-term.ts'
import { deleteTerm, type Untag } from './delete-term.ts'
import type { NamesIn } from './dropped-aliases.ts'
import { editTerm } from './edit-term.ts'
import { termNotFound } from './errors.ts'
import { termKinds } from './kinds.ts'
import { getTerm } from './list-terms.ts'
import { mergeTerms } from './merge-terms.ts'
import { TermDeleteQuery, TermMerge, TermParams, TermWriteQuery } from './schemas.ts'
import type { TermKind } from './term-tables.ts'
import { termViews } from './view.ts'

type Vocabulary = (typeof termKinds)[keyof typeof termKinds]

/** What managing needs of others. */
export interface TaxonomyDeps {
  /** Takes a term out of an article's document. */
  readonly untag: Untag
  /** Reads which terms documents name. */
  readonly namesIn: NamesIn
}

const shared = { tags: ['Taxonomy'] }

/** Creating, changing, merging and deleting tags, topics and authors. */
export function taxonomyManagementRoutes(deps: Deps, { untag, namesIn }: TaxonomyDeps) {
  return async (app: App): Promise<void> => {
    for (const vocabulary of Object.values(termKinds)) {
      createRoute(app, deps, vocabulary)
      editRoute(app, deps, vocabulary, namesIn)
      mergeRoute(app, deps, vocabulary)
      deleteRoute(app, deps, vocabulary, untag)
    }
  }
}

/** Whether who may not change a term may know that there is one with this slug. @throws AppError `not_found` */
function termLookUp(deps: Deps, kind: TermKind) {
  return async ({ actor, params }: Addressed): Promise<void> => {
    const { slug } = params as { slug: string }
    const { slug: found } = await getTerm(deps, kind, slug, isAllowed(actor, 'taxonomy.readUnused'))
    // A write does not follow a name to its term.
    if (found !== slug.normalize('NFC')) throw termNotFound(kind)
  }
}

/** The term as it is after a write. */
async function written(deps: Deps, { kind }: Vocabulary, slug: string) {
  return termViews[kind](await getTerm(deps, kind, slug, true), true)
}

function createRoute(app: App, deps: Deps, vocabulary: Vocabulary): void {
  const { kind, path, Name, one, Term, Input, example, inputExample } = vocabulary
  app.post(
    path,
    {
      schema: {
        ...shared,
        operationId: `create${Name}`,
        summary: `Make a new ${one}`,
        description: `Articles make the ${one}s that they name; this makes one before, with other spellings that will be it.`,
        querystring: TermWriteQuery,
        body: jsonBody(Input, { description: `The ${one}.`, example: inputExample }),
        response: {
          201: json(Term, {
            description: `The new ${one}.`,
            example,
            headers: { Location: answerHeaders.location },
          }),
          ...problems('unauthorized', 'forbidden', 'name_taken', 'slug_taken'),
        },
      },
    },
    async (request, reply) => {
      const slug = await createTerm(deps, trailOf(request), kind, request.body)
      reply.code(201).header('location', `/v1${path}/${encodeURIComponent(slug)}`)
      return await written(deps, vocabulary, slug)
    },
  )
}

function editRoute(app: App, deps: Deps, vocabulary: Vocabulary, namesIn: NamesIn): void {
  const { kind, path, Name, one, anyOne, Term, Patch, example, patchExample } = vocabulary
  app.patch(
    `${path}/:slug`,
    {
      config: { lookUp: termLookUp(deps, kind) },
      schema: {
        ...shared,
        operationId: `patch${Name}`,
        summary: `Change ${anyOne}`,
        description:
          'A new name leaves the old one behind as an alias, since documents go on spelling it so; `aliases` in a later change can drop it when none does any more. An alias that a document spells, of a draft or in the trash too, is not dropped: 409 `alias_in_use` says how many do. A new slug leaves the old one leading here. Articles show the new name at once, and have no revision of it.',
        params: TermParams,
        querystring: TermWriteQuery,
        body: bodies(
          {
            'application/merge-patch+json': { schema: Patch, example: patchExample },
            'application/json': { schema: Patch, example: patchExample },
          },
          { description: 'What changes.' },
        ),
        response: {
          200: json(Term, { description: `The ${one} as it is now.`, example }),
          ...problems('unauthorized', 'forbidden', 'not_found', 'name_taken', 'slug_taken', 'alias_in_use'),
        },
      },
    },
    async (request) => {
      const { params, body } = request
      const slug = await editTerm(deps, trailOf(request), namesIn, kind, params.slug, body)
      return await written(deps, vocabulary, slug)
    },
  )
}

function mergeRoute(app: App, deps: Deps, vocabulary: Vocabulary): void {
  const { kind, path, Name, one, anyOne, Term, example } = vocabulary
  app.post(
    `${path}/:slug/merge`,
    {
      config: { lookUp: termLookUp(deps, kind) },
      schema: {
        ...shared,
        operationId: `merge${Name}`,
        summary: `Make ${anyOne} part of another`,
        description: `All spellings of it mean the other ${one} from now on, in every article, and its slug leads there. Documents stay as they are.`,
        params: TermParams,
        querystring: TermWriteQuery,
        body: jsonBody(TermMerge, { description: 'The one that stays.', example: { into: 'openai' } }),
        response: {
          200: json(Term, { description: `The ${one} that stays.`, example }),
          ...problems('unauthorized', 'forbidden', 'not_found'),
        },
      },
    },
    async (request) => {
      const { params, body } = request
      const slug = await mergeTerms(deps, trailOf(request), kind, params.slug, body.into)
      return await written(deps, vocabulary, slug)
    },
  )
}

function deleteRoute(app: App, deps: Deps, vocabulary: Vocabulary, untag: Untag): void {
  const { kind, path, Name, anyOne } = vocabulary
  app.delete(
    `${path}/:slug`,
    {
      config: { lookUp: termLookUp(deps, kind) },
      schema: {
        ...shared,
        operationId: `delete${Name}`,
        summary: `Delete ${anyOne}`,
        description: `Refused when articles have it, drafts and the trash included. With \`force\` it is taken out of their documents first, at most 1,000, each of which gets a revision.`,
        params: TermParams,
        querystring: TermDeleteQuery,
        response: {
          204: noContent('It is gone.'),
          ...problems('unauthorized', 'forbidden', 'not_found', 'term_in_use'),
        },
      },
    },
    async (request, reply) => {
      const { force = false } = request.query
      await deleteTerm(deps, trailOf(request), untag, kind, request.params.slug, { force })
      return reply.code(204).send()
    },
  )
}
