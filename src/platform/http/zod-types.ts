import { z } from 'zod'
import { isHttpAddress } from '#src/content/http-address.ts'

/**
 * A string that the database can hold: no NUL, no half of a surrogate pair, at most `max` UTF-16 code units.
 * (zod lets both through, and Postgres refuses them late.)
 */
export const text = (max: number, min = 0) =>
  (min === 0 ? z.string() : z.string().min(min))
    .max(max)
    .refine((value) => !value.includes('\0'), {
      error: 'The text has a NUL character (U+0000), which can’t be stored.',
      params: { code: 'nul_character' },
    })
    .refine((value) => value.isWellFormed(), {
      error: 'The text has half of a surrogate pair, which is no character.',
      params: { code: 'lone_surrogate' },
    })

/** An absolute http(s) address, on any host: the same that documents may give. */
export const httpAddress = (max: number) =>
  text(max).refine(isHttpAddress, {
    error: 'Expected an absolute http or https address, such as https://example.org/story.',
    params: { code: 'invalid_address' },
  })

/**
 * An array of at most `max` items. The length is looked at before the items: zod by itself makes an issue for each
 * of a million wrong items first.
 */
export const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z.preprocess((value, context) => {
    if (!Array.isArray(value) || value.length <= max) return value
    context.addIssue({ code: 'too_big', origin: 'array', maximum: max, inclusive: true, input: value })
    return z.NEVER
  }, z.array(item).max(max))

const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z')
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Whether an instant has a year of four digits in UTC too: others can be neither stored nor written in RFC 3339. What is
 * no instant at all has been told so already.
 */
const isWithinCalendar = (instant: string) => {
  const time = Date.parse(instant)
  return Number.isNaN(time) || (time >= FIRST_INSTANT && time <= LAST_INSTANT)
}

/** An instant with its offset (RFC 3339), as it was written. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(isWithinCalendar, { error: 'The year must be between 1 and 9999, in UTC.' })

/** An instant in a query; the plus of its offset may have come unencoded, as a blank. */
export const queryInstant = z
  .string()
  .transform((text) => text.replace(/ (?=\d{2}:\d{2}$)/, '+'))
  .pipe(instant)
  // Postgres refuses offsets that RFC 3339 allows (+23:59).
  .transform((text) => new Date(text).toISOString())
  .meta({ type: 'string', format: 'date-time' })

/** The parameters of a query: any other is refused, with the nearest name. */
export const query = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape)

/** A string in a query. */
export const queryText = (max: number) => text(max, 1)

/** A whole number in a query, written in digits and nothing else (`Number` takes `''`, `0x10` and `1e1`). */
const queryInteger = (limits: { min: number; max: number; default: number }) => {
  const message = `Expected a whole number from ${limits.min} to ${limits.max}.`
  return z
    .string()
    .regex(/^\d{1,9}$/, { error: message })
    .transform(Number)
    .pipe(z.int().min(limits.min, { error: message }).max(limits.max, { error: message }))
    .default(limits.default)
    .meta({
      type: 'integer',
      pattern: undefined,
      minimum: limits.min,
      maximum: limits.max,
      default: limits.default,
    })
}

/** How many items a page has: more than `max` is refused, never cut in silence. */
export const queryLimit = (limits: { max: number; default: number }) =>
  queryInteger({ min: 1, ...limits }).describe(`How many items a page has, from 1 to ${limits.max}.`)

/** `true` or `false` in a query. */
export const queryBoolean = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .meta({ type: 'boolean', enum: undefined })
