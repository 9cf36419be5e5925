import { mark } from './marks.ts'

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, where it stands in a text; null for a day that no calendar has or that has two readings. */
export interface WrittenDate {
  value: string | null
  start: number
  end: number
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const named = `(?<name>${month})\\b\\.?`
const day = '(?<day>\\d{1,2})(?:st|nd|rd|th)?'
const year = '(?<year>(?:1[5-9]|20)\\d\\d)'
// A full stop may end what stands before a date; within a version or an address it does not.
const noDigitBefore = '(?<![\\dA-Za-z_\\-/]|[\\dA-Za-z]\\.)'
const noDigitAfter = '(?![\\d]|[-/.]\\d)'
const clock =
  '(?:[ T\\u3000]{1,2}\\d{1,2}[:：]\\d{2}(?:[:：]\\d{2})?(?:\\s?[ap]\\.?m\\b\\.?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?'
const hanDigit = '[一二三四五六七八九〇零○]'
const hanNumber = '[一二三四五六七八九十]{1,3}'
const weekday = '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?'
// What stands around a year that is a date: punctuation, not words. A page number (`: 1560.`) is none.
const yearBefore = `(?<=^\\s?|[(（\\[［,，.．。;；|·~》”"${mark.close}${mark.link}${mark.archive}]\\s?|出版社|出版公司|书局|書局|(?:spring|summer|autumn|fall|winter)[,]? |\\p{L}{2}, (?:no|vol|issue)\\. \\d{1,4} )`
// `（2023）京0491民初…` is a case, not a date.
const yearAfter =
  '(?![)）\\]］〕]\\s?\\p{Script=Han}{1,4}\\d)(?=[a-e]?[)）\\]］,，.．。;；|·~\\[［]|[a-e]?\\s?$|\\s?年?\\s?[(（]|\\s?[:：]\\s?[\\d\\p{L}]|\\s?年第|\\s?年\\d|\\s?[；;])'

const forms = [
  `${noDigitBefore}${year}(?<gap>[-/.]|\\u2010|\\u2011|\\u2012|\\u2013)(?<month>\\d{1,2})\\k<gap>(?<day>\\d{1,2})(?!\\d)${clock}`,
  `(?<!\\d)${year}\\s?年\\s?(?<month>\\d{1,2})\\s?月(?:\\s?(?<day>\\d{1,2})\\s?[日号號])?`,
  `(?<hanYear>${hanDigit}{4})年(?<hanMonth>${hanNumber})月(?:(?<hanDay>${hanNumber})[日号號])?`,
  `(?<![\\p{L}\\d_])${weekday}${named}\\s${day},?\\s${year}(?!\\d)`,
  `(?<![\\p{L}\\d_.])${weekday}${day}[\\s-](?:of\\s)?${named}[,\\s-]{1,2}${year}(?!\\d)`,
  `(?<![\\p{L}\\d_])(?<span>${month})\\b\\.?\\s?[-\\u2010-\\u2015/]\\s?${month}\\b\\.?,?\\s${year}(?!\\d)`,
  `(?<![\\p{L}\\d_])${named},?\\s${year}(?!\\d)`,
  `(?<![\\p{L}\\d_])${year},?\\s${named}(?:\\s${day}(?![\\d\\-\\u2010-\\u2015:]))?(?!\\p{L})`,
  `${noDigitBefore}${year}(?<gap>[-/.])(?<month>0[1-9]|1[0-2]|[1-9])${noDigitAfter}(?!\\d)`,
  `(?<![\\p{L}\\d_.\\-/])${year}(?<month>0[1-9]|1[0-2])(?<day>[0-3]\\d)(?![\\p{L}\\d_])`,
  `(?<![\\d./-])(?<first>\\d{1,2})/(?<second>\\d{1,2})/${year}(?!\\d)`,
  `(?<![\\d./-])(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.\\s?${year}(?!\\d)`,
  `(?<!\\d)${year}\\s?年?版`,
  `(?<!\\d)${year}\\s?年(?:[春夏秋冬]季?(?:号|號)?)?(?=第|\\d|[,，。.）)；;\\]］·|]|\\s?$|\\s?[(（]|\\s?(?:修订|修正|通过|公布|发布|发表|刊|初版|检索|访问|${mark.close}))`,
  `(?<hanYear>${hanDigit}{4})年(?=第|版|[,，。.）)；;]|\\s?$)版?`,
  `${yearBefore}${year}${yearAfter}`,
]

const anyDate = new RegExp(forms.map((form) => `(?:${form})`).join('|'), 'giu')

// Every form has one, and most texts have none.
const anyYear = new RegExp(`(?:1[5-9]|20)\\d\\d|${hanDigit}{4}年`, 'u')

/**
 * The dates that a text writes, in all usual forms of Chinese and English, from left to right. Years alone are dates
 * only between punctuation, as styles write them.
 */
export function writtenDates(text: string): WrittenDate[] {
  // Full-width digits and signs have their own width of one unit: the places stay.
  const narrow = text.replace(/[０-９－／：]|(?<=[\d０-９])．(?=[\d０-９])/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  )
  if (!anyYear.test(narrow)) return []
  return [...narrow.matchAll(anyDate)].map((match) => ({
    value: dateIn(match.groups ?? {}),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function dateIn(groups: Record<string, string | undefined>): string | null {
  const year = groups.year ?? digitsOfHan(groups.hanYear ?? '')
  const { first, second } = groups
  if (first !== undefined && second !== undefined) return slashed(year, Number(first), Number(second))
  const month = monthOf(groups)
  if (month === null) return year
  const day = groups.day === undefined ? numberOfHan(groups.hanDay ?? '') : Number(groups.day)
  return dateOf(year, month, day)
}

function monthOf({ month, name, hanMonth }: Record<string, string | undefined>): number | null {
  if (month !== undefined) return Number(month)
  if (name !== undefined) return monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return hanMonth === undefined ? null : numberOfHan(hanMonth)
}

/** `9/22/2024` has one reading, `03/08/2023` two. */
function slashed(year: string, first: number, second: number): string | null {
  if (first === second || second > 12) return dateOf(year, first, second)
  return first > 12 ? dateOf(year, second, first) : null
}

function dateOf(year: string, month: number, day: number | null): string | null {
  if (month < 1 || month > 12) return null
  const days = new Date(Date.UTC(Number(year), month, 0)).getUTCDate()
  const start = `${year}-${String(month).padStart(2, '0')}`
  if (day === null) return start
  return day < 1 || day > days ? null : `${start}-${String(day).padStart(2, '0')}`
}

function digitsOfHan(text: string): string {
  return [...text].map((char) => (/[〇零○]/.test(char) ? 0 : '一二三四五六七八九'.indexOf(char) + 1)).join('')
}

/** 十 → 10, 十二 → 12, 二十 → 20, 三十一 → 31; null for nothing. */
function numberOfHan(text: string): number | null {
  if (text === '') return null
  const [tens, ones] = text.includes('十') ? text.split('十') : ['0', text]
  const digit = (part: string | undefined) => (part ? '一二三四五六七八九'.indexOf(part) + 1 : 0)
  return (tens === '' ? 1 : digit(tens)) * 10 + digit(ones)
}
