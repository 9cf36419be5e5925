import { isStandardId } from './law-names.ts'
import { isOrganisation } from './organisations.ts'
import { namesNobody } from './words-that-name-nobody.ts'

// `摄影王五`
const helperAndName = /^(?:摄影|责编|编辑(?!部)|校对|审校|制图|图源|嘉宾)\p{Script=Han}{2,3}$/u

/** Could this be the name of a person, an account or an organisation? They are short, and neither sentences nor numbers. */
export function isNameLike(name: string): boolean {
  const words = name.split(/\s+/)
  const hasNumber = words.length > 1 && /(?:^|\s)(?:\d|No\.)/u.test(name)
  const isLowerCase = words.length > 1 && words.every((word) => /^\p{Ll}+$/u.test(word))
  return (
    name !== '' &&
    name.length <= 60 &&
    words.length <= 8 &&
    !hasNumber &&
    !isLowerCase &&
    /\p{L}/u.test(name) &&
    !/[?？!！。;；=《》]/u.test(name) &&
    !namesNobody(name) &&
    !isStandardId(name) &&
    !(helperAndName.test(name) && !isOrganisation(name))
  )
}

const nameParticle = /^(?:and|van|von|der|den|de|la|du|of|for|the|with|al|eds?|bin|el)$/

/** `minutes of 4 October 1988, item 4`: words that describe rather than name. */
export function isDescription(part: string): boolean {
  return (
    part.includes(',') ||
    part.split(/\s+/).some((word) => /^\p{Ll}{3,}$/u.test(word) && !nameParticle.test(word))
  )
}

const proseWord =
  /[是为在将已也还都而且但因若曾由]|指出|认为|表示|显示|提到|写道|可以|报告称|另有|视频版|如下|所谓|以及其/u

/** Is this a sentence? */
export function isProse(part: string): boolean {
  if (/\p{Script=Han}/u.test(part)) {
    return part.length > 12 && proseWord.test(part) && !isOrganisation(part) && !part.includes('、')
  }
  const words = part.split(/\s+/).filter((word) => /^\p{Ll}{2,}$/u.test(word) && !nameParticle.test(word))
  return words.length >= 3
}

/** Does this state a number, as remarks do (`Population: 1,412,600,000`)? */
export function isStatement(text: string): boolean {
  return /\d{1,3}(?:,\d{3})+(?!\d)|\d(?:\.\d+)?\s?(?:[%％亿万]|[mb]illion\b|percent\b)/u.test(text)
}
