import { withoutMarks } from './marks.ts'
import { isProse } from './name-like.ts'
import type { PartsOfWork } from './parts-of-work.ts'

const note =
  /^(?:(?:编者|译者|作者|校者|笔者|记者)?(?:注|按|按语)|编注|译注|注意|说明|附注|备注|更正|勘误|声明|提示)\s?[：:]|^(?:note|nb|n\.b\.|(?:editor|author|translator)[’']?s[’']? note|correction|clarification|erratum|update|disclaimer)(?:[:.]|[,(（ ][^:]{0,40}:)/iu
const verb = '(?:说|道|称|问|答|表示|指出|认为|写道|补充|强调|回忆|透露|坦言|回应|解释)'
const hanSpeech = new RegExp(`${verb}\\s?[：:，,]\\s?$`, 'u')
const hanSpeaker = new RegExp(`^[，,]?\\s?(?:[他她它]们?|我们?|\\p{Script=Han}{2,4})${verb}`, 'u')
const latinVerb =
  '(?:said|says|told|tells|wrote|writes|added|adds|recalled|argued|argues|explained|replied|asked|noted|insisted|remarked|claimed)'
const latinSpeech = new RegExp(`\\b${latinVerb}(?: \\p{L}{1,12}){0,3}[,:]?\\s?$`, 'u')
const latinSpeaker = new RegExp(`^[\\s,]*(?:\\p{L}[\\p{L}.’'-]{0,20} ){1,3}${latinVerb}\\b`, 'u')

// `He called it “…”`: no punctuation leads from the words before it.
const inSentence = /(?:^|\s)(?!(?:see|in|from|also|cf|via|by|and|ed|eds|al|with|at|on)$)\p{Ll}[\p{L}’']*$/u

/**
 * Do the words around a quotation or an emphasis say that it is no title: a remark (`编者注：`, `Correction:`), somebody's
 * words (`他说：“…”`), a word within a sentence?
 */
export function isRemark({ form, before, after }: Pick<PartsOfWork, 'form' | 'before' | 'after'>): boolean {
  const lead = withoutMarks(before).trim()
  if (note.test(lead)) return true
  if (form !== 'quoted') return false
  const rest = withoutMarks(after.slice(0, 120))
  if (hanSpeech.test(lead) || hanSpeaker.test(rest)) return true
  if (latinSpeech.test(lead) || latinSpeaker.test(rest)) return true
  if (inSentence.test(lead)) return true
  return !/\p{Script=Han}/u.test(lead) && isProse(lead.split(/[:.]\s/).at(-1) ?? '')
}
