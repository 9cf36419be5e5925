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

/**
 * An author's name as bibliographies want it. Only the inverted form (`Berners-Lee, Tim`; `Klein, M.`) says which
 * part is the family's; every other name is left whole: which part of `Gabriel García Márquez`, `顾闻溪` or
 * `Pew Research` is what can't be told from its letters.
 */
export function authorName(name: string): AuthorName {
  const [family = '', given, ...more] = name.split(/, ?/)
  if (given === undefined || more.length > 0 || notOfPersons.test(name)) return { literal: name }
  const isPerson =
    (initials.test(given) && familyBeforeInitials.test(family)) ||
    (givenNames.test(given) && familyBeforeNames.test(family))
  return isPerson ? { family, given } : { literal: name }
}
