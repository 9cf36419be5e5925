// Segments that say where in a work, in what shape, or how it was reached.
const han =
  /^(?:第.{1,12}[页頁期卷版回集条條节節章款号條辑讲季]|[页頁版]|存档|存檔|档案|无日期|無日期|检索|檢索|访问|訪問|查阅|查閱|最后|最後|更新|于?(?:发布|公布|通过|刊发|发表|上线|修订|签署|签订|批准|颁布|印发|施行|实施|生效|召开|成立|首发|见报|刊登)|[日起]|原文|链接|全文|网址|[上中下][卷册]|修订版|增订版|独家|付费|需订阅|\d+版)/u
const latinWords = [
  'pp?|vols?|nos?|iss|issue|ch|chap|chapter|art|eds?|rev|paras?|fig|table|trans|edited by|translated by|illustrated',
  'doi|isbn|issn|pmid|pmc|oclc|n\\.d|id|ibid|et al|op\\. cit|photo(?:graph)?s? by|emphasis|italics|my translation|translation',
  'paywalled|subscription(?: required)?|online|available(?: at| from| online)?|accessed|retrieved|archived?|last|updated|modified|published|posted|first published|filmed',
  'version|release|episode|season|report|press release|media release|public notice|blog(?: post)?|podcast(?: audio)?|preprint|video|tweet|ted video|data ?set|(?:computer )?software|mobile app|pdf|html|working paper|publication|document|series',
  '(?:publication|report|document|paper|order|bulletin|release|case|patent|pub)s? (?:no|number|#)',
]
const latin = new RegExp(
  `^(?:\\d+(?:st|nd|rd|th)? ed|\\d{1,3}:\\d|at \\d|s(?:s|ec)?\\.? ?\\d|§|(?:${latinWords.join('|')})(?!\\p{L}))`,
  'iu',
)
const anywhere = /(?:^|\s)(?:the original|archived|retrieved|accessed|available|permalink)(?:\s|$)/iu

/** Is this segment of a reference about pages, editions, access or form, and so no name? */
export function isNoise(segment: string): boolean {
  return segment === '' || han.test(segment) || latin.test(segment) || anywhere.test(segment)
}
