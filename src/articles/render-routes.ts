import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import { onBehalfOf } from '#src/derivation/index.ts'
import { bodies, json, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { documentExample } from './examples/documents.ts'
import renderedExample from './examples/rendered.json' with { type: 'json' }
import { renderDocument } from './render-document.ts'
import { RenderedDocument } from './schemas.ts'

/** `POST /v1/render`. */
export function renderRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.post(
      '/render',
      {
        schema: {
          operationId: 'renderDocument',
          tags: ['Articles'],
          summary: 'Render a document without storing it',
          description:
            'What an editor’s live preview calls: the whole article that the document would become, and the findings: undefined and unused notes, labels that stand twice, html that was dropped, shortcodes that nobody knows, each with line and column.',
          body: bodies(
            { 'text/markdown': { schema: z.string(), example: documentExample } },
            { description: 'The document.' },
          ),
          response: {
            200: json(RenderedDocument, { description: 'What it would become.', example: renderedExample }),
            ...problems(
              'unreadable_document',
              'unauthorized',
              'forbidden',
              'invalid_document',
              'unavailable',
            ),
          },
        },
      },
      (request) => renderDocument(onBehalfOf(deps, request), request.body),
    )
  }
}
