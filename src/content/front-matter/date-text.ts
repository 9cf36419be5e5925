/** A moment as written in front matter: either the instant (`YYYY-MM-DDTHH:mm:ss.sssZ`), or why it is none. */
export type DateReading = { instant: string } | { problem: string; hint: string }

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  zone: string | null
}

const month = '(?<month>\\d{1,2})'
const day = '(?<day>\\d{1,2})'
const dates = [
  `(?<year>\\d{4})-${month}-${day}`,
  `(?<year>\\d{4})/${month}/${day}`,
  `(?<year>\\d{4})\\.${month}\\.${day}`,
  '(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})',
  `(?<year>\\d{4})\\s?年\\s?${month}\\s?月\\s?${day}\\s?[日号]`,
  `(?:[A-Za-z]{3,9},?\\s+)?${day}(?:st|nd|rd|th)?\\s+(?<monthName>[A-Za-z]{3,9})\\.?,?\\s+(?<year>\\d{4})`,
  `(?<monthName>[A-Za-z]{3,9})\\.?\\s+${day}(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})`,
]
const clock =
  '(?<hour>\\d{1,2})(?:[:：]|时)(?<minute>\\d{2})分?(?:[:：]?(?<second>\\d{2})秒?(?:[.,](?<fraction>\\d{1,9}))?)?(?:\\s?(?<half>[AaPp])\\.?[Mm]\\.?)?'
const zone = '\\s*(?<zone>[Zz]|UTC|GMT|(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?)'
const forms = dates.map(
  (date) => new RegExp(`^${date}(?:(?:[Tt]|\\s*,?\\s+|(?<=[日号]))${clock}(?:${zone})?)?$`),
)

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Reads the dates that people and generators write in front matter: ISO 8601 with `T` or blanks, one-digit parts,
 * without seconds, offsets with and without colon, `2021年10月01日`, `20150102`, `July 2, 2025`, RFC 2822.
 * Without a zone it is local time in `timeZone`; a date alone is its first moment there. Days that no calendar has
 * are refused, never moved.
 *
 * @param timeZone an IANA name, such as `Asia/Shanghai`
 */
export function readDateText(written: string, timeZone: string): DateReading {
  const text = written.normalize('NFKC').trim()
  for (const form of forms) {
    const groups = form.exec(text)?.groups
    if (groups) return instantOf(partsOf(groups), written, timeZone)
  }
  const isNumber = /^\d{9,13}$/.test(text)
  return {
    problem: `"${shortened(written)}" is no date that can be read.`,
    hint: isNumber
      ? 'Write the date instead of a number of seconds: 2025-07-02T12:40:04+08:00.'
      : 'Write it as 2025-07-02, or as 2025-07-02T12:40:04+08:00.',
  }
}

/** Does the runtime know this IANA time zone (or offset)? */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

function partsOf(groups: Record<string, string | undefined>): Parts {
  const number = (name: string) => Number(groups[name] ?? 0)
  const name = groups.monthName?.slice(0, 3).toLowerCase()
  const hour = number('hour')
  const half = groups.half?.toLowerCase()
  return {
    year: number('year'),
    month: name === undefined ? number('month') : monthNames.indexOf(name) + 1,
    day: number('day'),
    hour: half === undefined ? hour : hour > 12 ? 99 : (hour % 12) + (half === 'p' ? 12 : 0),
    minute: number('minute'),
    second: number('second'),
    millisecond: Number((groups.fraction ?? '').padEnd(3, '0').slice(0, 3)),
    zone: groups.zone ?? null,
  }
}

function instantOf(parts: Parts, written: string, timeZone: string): DateReading {
  const impossible = impossibleDate(parts)
  const offset = parts.zone === null ? null : offsetMinutes(parts.zone)
  if (impossible !== null)
    return { problem: `"${shortened(written)}" is no date: ${impossible}`, hint: 'Correct it.' }
  if (offset !== null && Math.abs(offset) > 18 * 60) {
    const problem = `"${shortened(written)}" is no date: no place is ${parts.zone} from UTC.`
    return { problem, hint: 'Offsets go from -12:00 to +14:00.' }
  }
  const instant = new Date(epochMilliseconds(parts, offset, timeZone))
  const utcYear = instant.getUTCFullYear()
  if (utcYear < 1 || utcYear > 9999) {
    const problem = `"${shortened(written)}" is no date: in UTC it is outside the years 1 to 9999.`
    return { problem, hint: 'Correct it.' }
  }
  return { instant: instant.toISOString() }
}

/** @param offset minutes from UTC; null for local time in `timeZone` */
function epochMilliseconds(parts: Parts, offset: number | null, timeZone: string): number {
  const { zone: _, ...fields } = parts
  if (offset === null) {
    const local = Temporal.PlainDateTime.from(fields, { overflow: 'reject' })
    return local.toZonedDateTime(timeZone).epochMilliseconds
  }
  const { year, month: m, day: d, hour, minute, second, millisecond } = fields
  // Date.UTC takes the years 0 to 99 for those of the last century.
  const midnight = new Date(0).setUTCFullYear(year, m - 1, d)
  const seconds = (hour * 60 + minute - offset) * 60 + second
  return midnight + seconds * 1000 + millisecond
}

function impossibleDate({ year, month: m, day: d, hour, minute, second }: Parts): string | null {
  if (year < 1) return 'there is no year 0.'
  if (m < 1 || m > 12) return 'there are twelve months.'
  const days = new Date(Date.UTC(2000 + (year % 400), m, 0)).getUTCDate()
  if (d < 1 || d > days) return `${year}-${String(m).padStart(2, '0')} has ${days} days.`
  if (hour > 23 || minute > 59) return 'the clock goes from 00:00 to 23:59.'
  return second > 59 ? 'a minute has seconds 00 to 59.' : null
}

function offsetMinutes(zoneText: string): number {
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zoneText)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
