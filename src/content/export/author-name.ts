import { isOrganisation } from '../citations/parsing/organisations.ts'

/** A person whose name is certain to have these two parts, or whoever it is, as written. */
export type AuthorName = { family: string; given: string } | { literal: string }

// `C. E.`, `J.-P.`, `CE` is none: so is `UK`.
const initials = /^(?:\p{Lu}\.[ -]?|\p{Lu}(?:[ -]|$))+$/u
const word = String.raw`\p{Lu}[\p{L}\p{M}'’]*\p{Ll}[\p{L}\p{M}'’]*`
const words = `${word}(?:-${word})*`
const particles = `(?:(?:a[fl]|bin|d[aeiou]|de[lnr]|d[eo]s|e|el|l[ae]|te[nr]|v[ao]n|von|y|zu[mr]?) )*`

const familyBeforeInitials = new RegExp(
  String.raw`^${particles}\p{Lu}[\p{L}\p{M}'’-]*(?: ${particles}\p{Lu}[\p{L}\p{M}'’-]*){0,2}$`,
  'u',
)
const familyBeforeNames = new RegExp(`^${particles}${words}$`, 'u')
const givenNames = new RegExp(String.raw`^${words}(?: (?:${words}|\p{Lu}\.)){0,3}$`, 'u')

/** Words of organisations, and what follows a name without being one: `Apple, Inc`, `King, Jr`, `Oxfam, U.K.` */
const notOfPersons =
  /(?<!\p{L})(?:academy|agency|association|bank|bbc|bloomberg|board|bureau|cent(?:er|re)|co|college|commission|committee|company|corp(?:oration)?|council|court|department|dept|division|foundation|fund|gmbh|government|group|inc|institute|international|jr|laborator(?:y|ies)|limited|llc|ltd|magazine|md|media|ministry|network|news|office|organi[sz]ation|phd|plc|post|press|reuters|service|society|sr|staff|team|times|trust|u\. ?[kns]\.?|union|university|xinhua)(?!\p{L})/iu

// `Ann Smith`, `Robert W. Gore`, `A. Vaswani`, `Tim van der Berg`
const westernOrder = new RegExp(
  String.raw`^(?<given>(?:${words}|(?:\p{Lu}\.[ -]?){1,3})(?: (?:${words}|\p{Lu}\.))?) (?<family>${particles}${words})$`,
  'u',
)
// Two names of the family's, or none of the given: Spanish and Portuguese names, and those that begin with the family's or a particle.
const doubleFamily = /[áéíóúñãõçÁÉÍÓÚÑ]/u
const familyFirst =
  /^(?:da|de|del|di|el|la|le|van|von|bai|cai|cao|chan|chang|chen|cheng|choi|chung|deng|ding|dong|duan|fan|fang|feng|fu|gao|gong|gu|guo|han|hao|he|ho|hou|hsu|hu|huang|huynh|jia|jiang|jin|jung|kang|kim|kong|kwon|lam|lau|lei|leung|li|liang|liao|lim|lin|liu|long|lu|luo|lv|ma|mao|meng|mo|ng|nguyen|pan|park|peng|pham|qian|qiao|qin|qiu|ren|shao|shen|shi|song|su|sun|tan|tang|tao|tian|tran|tsai|wan|wang|wei|wen|wong|wu|xi|xia|xiao|xie|xiong|xu|xue|yan|yang|yao|ye|yi|yin|yoon|yu|yuan|zeng|zhan|zhang|zhao|zheng|zhong|zhou|zhu|zou)$/i

/** The parts of a Latin name in western order; null for organisations and for names that may be in another order. */
function inWesternOrder(name: string): AuthorName | null {
  const { given, family } = westernOrder.exec(name)?.groups ?? {}
  if (given === undefined || family === undefined || isOrganisation(name)) return null
  const hasInitial = /\p{Lu}\./u.test(given)
  const isUncertain = given.includes(' ') && !hasInitial && doubleFamily.test(name)
  return isUncertain || familyFirst.test(given.split(/[ -]/)[0] ?? '')
    ? null
    : { family, given: given.trim() }
}

/**
 * An author's name as bibliographies want it. The inverted form (`Berners-Lee, Tim`; `Klein, M.`) says which part is
 * the family's; two or three Latin words without a word for an organisation are taken to be in western order. Every
 * other name is left whole: which part of `Gabriel García Márquez`, `顾闻溪` or `Xi Jinping` is what can't be told
 * from its letters.
 */
export function authorName(name: string): AuthorName {
  if (notOfPersons.test(name)) return { literal: name }
  const [family = '', given, ...more] = name.split(/, ?/)
  if (given === undefined) return inWesternOrder(name) ?? { literal: name }
  if (more.length > 0) return { literal: name }
  const isPerson =
    (initials.test(given) && familyBeforeInitials.test(family)) ||
    (givenNames.test(given) && familyBeforeNames.test(family))
  return isPerson ? { family, given } : { literal: name }
}
