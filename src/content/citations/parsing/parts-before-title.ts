import { accountWords, withoutWechatIds } from './accounts.ts'
import { withoutHelpers } from './credits.ts'
import { mark, withoutMarks } from './marks.ts'
import { outletOf } from './outlets.ts'

const leadIn =
  /^[\s,，.。:：;；、·|｜丨—–-]*(?:另?参见|參見|详见|詳見|参阅|參閱|转引自|引自|转载自|译自|摘自|图表数据来源|图表来源|数据来自|数据来源|资料来源|資料來源|图片来源|信息来源|消息来源|来源于|来源|來源|来自|原载于?|原文链接|原文地址|原文|链接|网址|可参考|参考(?!消息)|本文转载自|转载自|例如|如|见|見|据|據|根据|根據|see also|see, e\.g\.,|see generally|see|cf\.|e\.g\.,?|sources?(?=:)|from(?=:)|via|data from|data:|(?:as )?(?:quoted|cited) in|as reported by|according to|post by|thread by|tweet by|video by|by|read more(?=:)|original(?=:)|more(?=:))(?![\p{Script=Latin}])\s*[：:]?\s*/iu
const maxLeadIns = 3
const separators = new RegExp(
  `\\s*(?:(?<!(?:${accountWords}|播客|作者|文|撰文|撰稿|采写|文字|记者|口述|整理|通讯员|实习生|主笔)\\s?)[：:｜|丨]|[，,]|——|—|[.．](?=\\s|$|\\p{Script=Han})|。|\\s[-–]\\s|·(?=\\s*$))\\s*`,
  'u',
)

/**
 * What stands before a title, part by part: the last sentence, without words that lead to it (`参见`, `Source:`) and
 * brackets that are empty once dates are out; with the marks of emphasis.
 */
export function partsBeforeTitle(text: string): string[] {
  let rest = withoutHelpers(withoutWechatIds(withoutEmptyBrackets(withoutOtherMarks(lastSentence(text)))))
    .replace(/^.*[，,；;]\s*(?:参见|參見|详见|詳見|见|見|转引自|引自)/u, '')
    .replace(/^[\s,，.。:：;；①-⑳⓪-⓿❶-❿⑴-⒇]+/u, '')
    .replace(/\.?\s*\bInterview (?:by|with) [^“"]{2,60}$/u, '')
    .replace(
      /(?:的(?:知乎|微博)?(?:回答|文章|微博|视频|帖子|推文|直播|专栏)|(?<=公众号|微博)(?:文章|推文|消息)|(?:词条|詞條|条目|條目)|(?<=\p{Script=Han}{2})(?:公告|声明|公示))(?=[\s：:，,“"「]*$)/u,
      '',
    )
    .replace(/,\s(?:No\. ?)?\p{Lu}{1,5}[-\s]?\d{2,}[\d.-]*(?=\s*[,.:]|\s*$)/u, '')
  for (let count = 0; count < maxLeadIns; count++) rest = rest.replace(leadIn, '')
  rest = rest.replace(/[\s“"「『‘]+$/u, '').trim()
  const parts = /\p{Script=Han}/u.test(rest.replace(/等[.．\s]*$/u, ''))
    ? rest.split(separators).flatMap(platformAndName)
    : latinParts(rest)
  return parts.map((part) => part.replace(/[\s：:，,]+$/u, '').trim()).filter((part) => part !== '')
}

/** The last sentence, or the one before when nothing follows it: `某报。[…](…)`. */
function lastSentence(text: string): string {
  const sentences = text.split('。')
  const last = sentences.at(-1) ?? ''
  return /[\p{L}\p{N}]/u.test(withoutMarks(last)) ? last : `${sentences.at(-2) ?? ''}${last}`
}

/** Marks of emphasis stay: they tell a programme's or outlet's name. */
function withoutOtherMarks(text: string): string {
  return text.replace(/[\uFDD0-\uFDD2\uFDD5]/g, '').replace(/[,.，。:：]\uFDD4/g, mark.close)
}

function withoutEmptyBrackets(text: string): string {
  return text
    .replace(/[[［(（【]\s*[\])）】]?\s*$/u, '')
    .replace(/[（(［[]\s*(?:n\.d\.|no date|无日期|in press|forthcoming)?[)）\]］]/giu, ' ')
}

/** `小宇宙·随机波动`: the middle dot parts a platform or outlet from a name, but no name within. */
function platformAndName(part: string): string[] {
  const dot = part.search(/[·・]/u)
  const isAfterName = dot > 0 && outletOf(part.slice(0, dot)) !== null
  return isAfterName ? [part.slice(0, dot), part.slice(dot + 1)] : [part]
}

const latinEnd = /^[\s,.;:|]+|(?<!\b\p{Lu}|\bal|\bJr|\bInc|\bLtd|\bCo|\bCorp)\.\s*$|[\s,;:|–—-]+$/gu

/** Latin names have commas of their own: they part only where an outlet or a programme is named. */
function latinParts(text: string): string[] {
  const parts = text.replace(latinEnd, '').split(/\s*(?:[:|]|\s[-–—]\s)\s+/u)
  return parts.flatMap((part) => {
    const pieces = part.split(/\s*,\s*|\.\s+(?=[《\uFDD3])/)
    const hasName = pieces.some(
      (piece) => /^[《\uFDD3]/.test(piece) || /^@\w/.test(piece) || outletOf(piece)?.kind === 'outlet',
    )
    return hasName ? pieces : [part]
  })
}
