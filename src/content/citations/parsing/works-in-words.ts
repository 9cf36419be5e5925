import type { CitationType } from '../citations.ts'
import { mark, withoutMarks } from './marks.ts'
import { namesIn } from './names.ts'
import { outletOf } from './outlets.ts'

/** A work that has a name but no title: a talk, a message, a page of a newspaper, a judgment. */
export interface UntitledWork {
  type: CitationType
  authors: string[]
  containerTitle: string | null
}

/**
 * Reads notes that cite in words what has no title. Null for everything else: remarks.
 * @param text with marks for dates
 */
export function untitledWork(text: string): UntitledWork | null {
  if (judgment.test(text) && caseNumber.test(text))
    return { type: 'legal_case', authors: [], containerTitle: null }
  if (!text.includes(mark.date)) return null
  return newspaperPage(text) ?? conversation(text)
}

const judgment = /(?:判决书|裁定书)/u
const caseNumber = /[（(〔[]\s?(?:\d{4}|\uFDD5)\s?[)）〕\]]/u
const page = /第\s?[A-Z]?[\d一二三四五六七八九十]{1,4}\s?版|\b[A-D]\d{1,2}\s?版|\bp(?:p|age)?\.? ?[A-Z]?\d/u

/** `《人民日报》2025年2月24日，第1版`: name, date and page. */
function newspaperPage(text: string): UntitledWork | null {
  const name = /^[\s见参]*(?:《([^》]{2,30})》|\uFDD3([^\uFDD4]{2,40})\uFDD4)[,，\s]*\uFDD5/u.exec(text)
  const paper = name?.[1] ?? name?.[2]
  if (paper === undefined || !page.test(text)) return null
  return { type: outletOf(paper)?.type ?? 'article-newspaper', authors: [], containerTitle: paper }
}

const message = /邮件|郵件|通信|来信|\be-?mail|\bcommunication|\bmessage|\bletter/iu
const talk =
  /\b(?:interview(?:ed)? (?:by|with)|e-?mail (?:message|correspondence|to)|personal communication|(?:text|whatsapp|signal|telephone|phone) (?:message|conversation|interview)|conversation with|letter to)\b/iu
const talkWith =
  /^(?:.{0,40}?\b)?(?:interview|conversation|e-?mail) (?:with|from) (\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3})(?=[,(\s]|$)/iu
const hanTalk =
  /^.{0,60}?(?:访谈|訪談|采访|專訪|专访|邮件往来|郵件往來|电子邮件|通信|通话|谈话记录|来信)[，,。（(\s]*(?:\p{Script=Han}{0,6}[，,]\s?)?[（(]?\uFDD5/u
const maxTalkLength = 300

/** An interview or a message, with its date: `Alex Rivers, interview by the author, June 3, 2024`. */
function conversation(text: string): UntitledWork | null {
  const type = message.test(text) ? 'personal_communication' : 'interview'
  const latin = text.length < maxTalkLength ? talk.exec(text) : null
  if (latin) {
    const before = partner(text.slice(0, latin.index))
    const authors = before.length > 0 ? before : partner(talkWith.exec(text)?.[1] ?? '')
    return { type, authors, containerTitle: null }
  }
  return hanTalk.test(text) ? { type, authors: hanPartner(text), containerTitle: null } : null
}

function partner(before: string): string[] {
  const name = withoutMarks(before).replace(/[\s,]+$/, '')
  return /^\p{Lu}/u.test(name) && name.split(/\s+/).length <= 8 ? namesIn(name) : []
}

const surnames =
  '王李张劉刘陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鐘谭譚陆陸汪范石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯'

/** `作者对张三的访谈`: who was asked, when named. */
function hanPartner(text: string): string[] {
  const name = new RegExp(
    `(?:对|與|与|同|和|专访|采访)([${surnames}][\\p{Script=Han}]{1,2})(?=[（(]|的|，|$)`,
    'u',
  ).exec(text)?.[1]
  return name === undefined || /[某先女氏位方]/u.test(name.slice(1)) ? [] : [name]
}
