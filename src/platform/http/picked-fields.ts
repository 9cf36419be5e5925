import { didYouMean } from './nearest-name.ts'
import { queryText } from './zod-types.ts'

/**
 * The parameter `fields`: a comma list of top-level keys that an answer is to have, and no others. A name that is none
 * of `known` is refused, with the nearest.
 * @param more what the parameter's description says besides
 */
export const fieldsParameter = <Name extends string>(known: readonly Name[], more = '') =>
  queryText(2_000)
    .transform((value, context): readonly Name[] => {
      const names = value.split(',').map((name) => name.trim())
      for (const name of new Set(names)) {
        if (known.some((one) => one === name)) continue
        const shown = JSON.stringify(name.slice(0, 100))
        context.addIssue({
          code: 'custom',
          message: `Unknown field ${shown}.${didYouMean(name, known)}`,
          params: { code: 'unknown_field' },
        })
      }
      return known.filter((name) => names.includes(name))
    })
    .meta({
      // Not as an example: the docs page would fill it into its request form.
      description: `The fields that the answer is to have, and no others, between commas: \`id,slug,title\`.${more}`,
    })

/** Of a value only these keys, in its own order; all of them when none is named. */
export function pickFields(value: object, fields: readonly string[] | undefined): object {
  if (fields === undefined) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => fields.includes(name)))
}
