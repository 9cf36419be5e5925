import type { CitationType } from '../citations.ts'

const standardId =
  '(?:(?:GB|GBZ|GBJ|JGJ|JTG|JT|DL|JB|HG|QB|SB|NB|LY|NY|SL|AQ|MH|TB|XF|CJJ|CJ|GA|YD|JR|DB\\d{2}|WS|HJ|YY|CY|SJ|TY|JJG|T/\\p{Lu}{2,8})(?:/[TZ])? ?\\d{2,6}(?:\\.\\d{1,3})?[-—–]\\d{4}|(?:ISO/IEC(?:/IEEE)?|ISO|IEC|IEEE|ANSI|ASTM|EN|BS|DIN|ITU-T|NIST SP|ECMA)(?:/\\p{Lu}{2,5})? (?:Std )?[A-Z]?\\.?\\d{2,6}(?:[-.:]\\d+)*(?:[:—–-]\\d{4})?|RFC ?\\d{3,5})(?!\\d)'
const standardFirst = new RegExp(`^${standardId}`, 'u')
const standardSegment = new RegExp(
  `(?:^|[,.，。;；:：]\\s?)(?:\\p{Script=Han}{2}标准\\s?)?${standardId}(?=[,.，。;；:：\\s]|$)`,
  'u',
)
const standardBefore = new RegExp(
  `(?:^|[\\s,.，。;；:：])(?:\\p{Script=Han}{2}标准\\s?)?${standardId}\\s?$`,
  'u',
)
// Neutral citations and law reports: `[2004] EWHC 12 (Ch)`, `[1932] AC 562`.
const caseReport =
  /\[\uFDD5\] (?:\d{1,2} )?(?:EW(?:CA|HC|FC)|UK(?:SC|HL|PC|UT|FTT|EAT)|CS(?:IH|OH)|NI(?:CA|QB)|HCA|SCC|NZSC|IESC|ECR|AC|QB|KB|Ch|Fam|WLR|All ER|Lloyd|Cr App R)\b/u
const caseName = /\p{L}\.?\sv\.?s?\.?\s\p{Lu}/u
const judgment = /(?:判决书|裁定书|调解书|決定書|判決書|裁定書)/u
const caseNumber = /[（(〔[]\s?(?:\d{4}|\uFDD5)\s?[)）〕\]]/u
const act = /(?:\bAct(?:,? (?:of )?(?:1[5-9]|20)\d\d)?|\bPub\. ?L\. (?:No\. )?[\d–-]+)(?: \([^)]{1,20}\))?$/u
const unionLaw =
  /^(?:Commission |Council )?(?:Implementing |Delegated )?(?:Regulation|Directive|Decision) (?:\((?:EU|EC|EEC)\)|(?:No )?\d{2,4}\/\d+)/u
const bracketedYear =
  '(?:[（(](?:\\d{4}[^）)]{0,8}|试行|修订|修正|草案|暂行|[^）)]{0,6}修[订正][^）)]{0,4})[)）])?'
const hanLaw = new RegExp(`(?:法|法典|条例|條例|宪法|憲法)${bracketedYear}$`, 'u')
const noLaw = /(?:方法|办法|辦法|做法|说法|用法|写法|看法|想法|书法|算法|疗法|语法)(?:[（(].*)?$/u
const hanRegulation = new RegExp(`(?:办法|辦法|规定|規定|细则|細則|规则|规章)${bracketedYear}$`, 'u')

/** Is this a case by the names of its parties (`Roe v Wade`), or by a report of it among the words around? */
export function isReportedCase(title: string, words: string): boolean {
  return caseName.test(title) || caseReport.test(words)
}

/** Does the number of a standard end this text, as it does before the 《》 of its name? */
export function endsInStandardId(text: string): boolean {
  return standardBefore.test(text.slice(-60))
}

/** Is this nothing but the number of a standard? */
export function isStandardId(name: string): boolean {
  return (
    standardBefore.test(name) &&
    name.length < 40 &&
    standardFirst.test(name.replace(/^\p{Script=Han}{2}标准\s?/u, ''))
  )
}

/**
 * The type of a law, case or standard, which go by their own names; null for everything else.
 * @param isInBookMarks whether the title is in 《》, as laws are
 * @param words what stands around the title
 */
export function typeOfLaw(title: string | null, isInBookMarks: boolean, words: string): CitationType | null {
  const name = title ?? ''
  if (
    caseName.test(name) ||
    caseReport.test(words) ||
    judgment.test(name) ||
    (judgment.test(words) && caseNumber.test(words))
  )
    return 'legal_case'
  if (isInBookMarks && standardSegment.test(words)) return 'standard'
  const isLawName = isInBookMarks || name.startsWith('中华人民共和国')
  if (isLawName && hanLaw.test(name) && !noLaw.test(name)) return 'legislation'
  if (isLawName && hanRegulation.test(name)) return 'regulation'
  if (/\bC\.F\.R\./u.test(`${name} ${words}`)) return 'regulation'
  if (act.test(name) || unionLaw.test(name) || /\bPub\. ?L\.|\b\d+ U\.S\.C\./u.test(`${name} ${words}`))
    return 'legislation'
  return standardFirst.test(name) || standardSegment.test(words) ? 'standard' : null
}

/** A law, case or standard with which a note begins, and that nothing marks as title; null for none. */
export function lawAtStart(text: string): { title: string; after: string } | null {
  const latin =
    /^(?:See )?((?:\p{Lu}[\p{L}.&'’ ,-]{1,80}? v\.? \p{Lu}[\p{L}.&'’ -]{1,80}?)(?=, (?:\d|No\.)|\s[[(])|(?:\p{Lu}[\p{L}'’-]* (?:[\p{L}'’&,()-]+ ){0,10}?Act(?: of)? (?:1[5-9]|20)\d\d)(?=[\s,.;(]|$)|(?:Regulation|Directive) \((?:EU|EC)\) (?:No )?\d+\/\d+|Pub\. ?L\. (?:No\. )?\d+[–-]\d+|\d{1,2} (?:U\.S\.C\.|C\.F\.R\.) §§? ?[\d.\p{L}()–-]*[\p{L}\d)])/u.exec(
      text,
    )
  if (latin) return { title: latin[1] ?? '', after: text.slice(latin[0].length) }
  const standard = new RegExp(
    `^(${standardId}(?:[ :：][^,，。;；(（\\uFDD0-\\uFDD5]{2,80})?)(?=[,，。;；(（.\\s]|$)`,
    'u',
  ).exec(text)
  if (standard) return { title: standard[1] ?? '', after: text.slice(standard[0].length) }
  const han = /^(中华人民共和国\p{Script=Han}{2,40}?(?:法|条例|规定|办法))(?=[（(，,。第]|$)/u.exec(text)
  return han ? { title: han[1] ?? '', after: text.slice(han[0].length) } : null
}

/** `北京互联网法院（2023）京0491民初11279号民事判决书`: the court, and the number that is the judgment's name. */
export function judgmentIn(text: string): { court: string; title: string; after: string } | null {
  const found =
    /(?:^|[：:，,。;；])\s?(\p{Script=Han}{2,24}法院)[，,\s]?\s?([（(〔]\d{4}[)）〕][\p{Script=Han}\d]{4,40}号(?:\p{Script=Han}{0,8}(?:判决书|裁定书|调解书))?)/u.exec(
      text,
    )
  return found && judgment.test(text)
    ? { court: found[1] ?? '', title: found[2] ?? '', after: text.slice(found.index + found[0].length) }
    : null
}
