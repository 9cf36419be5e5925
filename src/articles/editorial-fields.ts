import { AppError } from '#src/platform/errors.ts'
import { editorialFields } from './schemas.ts'
import type { Viewer } from './view.ts'

/**
 * Refuses `fields` that only a key is shown which may see drafts: left out without a word, the answer would be empty
 * and nobody would know why.
 * @throws AppError `invalid_parameters` with `field_needs_key` for each
 */
export function refuseEditorialFields(fields: readonly string[] | undefined, viewer: Viewer): void {
  if (viewer.mayEdit) return
  const refused = (fields ?? []).filter((name) => editorialFields.includes(name))
  const errors = refused.map((name) => ({
    in: 'query' as const,
    path: 'fields',
    code: 'field_needs_key',
    message: `The field "${name}" is given only to an API key that may see drafts.`,
  }))
  const [first] = errors
  if (first !== undefined) throw new AppError('invalid_parameters', 400, first.message, { errors })
}
