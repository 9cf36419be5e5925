import { type WrittenDate, writtenDates } from './dates.ts'
import { mark } from './marks.ts'

/** What the dates around a title say, and the text with a mark in place of each. */
export interface DatesRead {
  text: string
  published: PublishedDate[]
  accessedOn: string | null
}

/** A date on which a work may have appeared; the better one of two is that of the higher rank, then the fuller one. */
export interface PublishedDate {
  value: string
  rank: number
}

type Role = 'published' | 'plain' | 'updated' | 'accessed' | 'none'

const accessWord =
  '(?:检索|檢索|访问|訪問|查阅|查閱|查询|查詢|浏览|瀏覽|读取|讀取|引用|上网|上網|下载|下載|造访|造訪|查看|获取|獲取)'
const accessedBefore = new RegExp(
  `(?:${accessWord}(?:日期|时间|時間|日|于|於|在)?|accessed|retrieved|cited|access(?:ed)? date|date accessed|date of access|last (?:accessed|visited|viewed|checked|retrieved|consulted)|visited|viewed|consulted|checked|\\baccess)(?:\\s?(?:date|on|at|于|於|为|是))*\\s?[:：,，]?\\s?(?:from [^,.]{1,60},? )?(?:on )?[（(\\[]?$`,
  'iu',
)
const accessedAfter = new RegExp(
  `^\\s?(?:日)?(?:最后|最後|最近)?(?:一次)?${accessWord}|^\\s(?:\\((?:date )?accessed\\)|accessed|retrieved)\\b`,
  'iu',
)
const archivedBefore =
  /(?:archived|存档|存檔|归档|備份|备份|互联网档案馆|wayback machine|from the original)(?:[于於在]|[^.。；;，]{0,60})?\s?$/iu
const archivedCopyBefore = new RegExp(`${mark.archive}(?:\\s?[(（]PDF[)）])?\\s?(?:[Oo]n|于|於)?\\s?$`)
const archivedAfter = /^\s?(?:存档|存檔|归档)/u
const otherBefore =
  /(?:applied|申请|created|born|due|effective|施行|截止|统计|数据截至|据|截至|until|since|from|between|priority date|sworn|submitted|received|投稿|收稿(?:日期)?)(?:\s(?:on|in))?[:：]?\s?$/iu
const otherAfter =
  /^\s?(?:起)?(?:施行|实施|生效|起(?!草)|申请|收稿|截止|以来|以前|之前|止|之间|至今|前)|^\s?(?:召开|举行|举办|开幕|闭幕|去世|逝世|病逝|出生|生于|成立|创立|签署|签订|当选|上任|就任|离任|上市|发生|开始|结束|启动|开工|竣工|判决生效)/u
// `成立于1998年`, `会议于2024年5月1日召开`, `商务部令2023年第4号`
const eventBefore = /(?:成立|出生|去世|创立|创办|建成|上市|签署|召开|举行|生|卒|摄|拍摄)[于於在]\s?$/u
const within = /[于於在]\s?$/u
const decree = /(?:令|公告|通告|批复|文件)\s?$/u
const updatedBefore =
  /(?:updated|filed|modified|revised|reviewed|edited|更新(?:于|时间|日期)?|修改(?:于|时间)?|最后编辑)(?:\s(?:on|at))?[:：]?\s?$/iu
const updatedAfter = /^\s?(?:最后|最後)?(?:更新|修改|编辑)|^,? (?:last )?updated/iu
const publishedBefore =
  /(?:published|issued|posted|released|发布(?:于|时间|日期)?|发表(?:于)?|刊发(?:于)?|公布|通过|发布于|刊于|first published|印发)(?:\s(?:on|at|in))?[:：]?\s?$/iu
const publishedAfter =
  /^\s?(?:发布|發布|公布|通过|通過|发表|發表|刊发|刊登|印发|颁布|出版|上线|播出|推送|首发|刊载|見報|见报|刊出|印行)/u

// No reference has more.
const maxDates = 20

/**
 * Takes the dates out of a text and tells what each is of: publication, access, neither (archive copies, coming into
 * force, filing).
 * @param isAfterTitle a date in square brackets is that of access there (GB/T 7714), and of publication before it
 */
export function readDates(text: string, isAfterTitle: boolean): DatesRead {
  const published: PublishedDate[] = []
  let accessedOn: string | null = null
  let rest = ''
  let from = 0
  for (const date of writtenDates(text).slice(0, maxDates)) {
    const role = roleOf(text, date, isAfterTitle)
    rest += text.slice(from, date.start) + mark.date
    from = date.end
    if (date.value === null) continue
    if (role === 'accessed') accessedOn ??= date.value
    else if (role !== 'none')
      published.push({ value: date.value, rank: role === 'updated' ? 0 : role === 'published' ? 2 : 1 })
  }
  return { text: rest + text.slice(from), published, accessedOn }
}

/** The date of publication among those read. */
export function publishedOn(dates: readonly PublishedDate[]): string | null {
  // Updates count when nothing else does; among the others the fuller one, then the one that is said to be it.
  const score = ({ value, rank }: PublishedDate) => (rank === 0 ? 0 : 100) + value.length * 2 + rank
  const best = dates.reduce<PublishedDate | null>((a, b) => (a === null || score(b) > score(a) ? b : a), null)
  return best?.value ?? null
}

function roleOf(text: string, { start, end }: WrittenDate, isAfterTitle: boolean): Role {
  const before = text.slice(Math.max(0, start - 90), start)
  const after = text.slice(end, end + 24)
  if (accessedBefore.test(before) || accessedAfter.test(after)) return 'accessed'
  if (
    isInArchive(before) ||
    archivedCopyBefore.test(before) ||
    archivedBefore.test(before) ||
    archivedAfter.test(after)
  )
    return 'none'
  if (publishedAfter.test(after)) return 'published'
  if (otherAfter.test(after) || otherBefore.test(before) || isOfEvent(before, after)) return 'none'
  if (updatedBefore.test(before) || updatedAfter.test(after)) return 'updated'
  if (publishedBefore.test(before)) return 'published'
  const isBracketed = /[[［]\s?$/.test(before) && /^\s?[\]］]/.test(after)
  return isBracketed && isAfterTitle && /\d/.test(text.slice(start, end)) && end - start > 4
    ? 'accessed'
    : 'plain'
}

function isOfEvent(before: string, after: string): boolean {
  if (eventBefore.test(before) || (decree.test(before) && /^\s?第?\s?\d+\s?号/u.test(after))) return true
  return within.test(before) && !publishedBefore.test(before) && /^\s?[\p{Script=Han}]/u.test(after)
}

/** Does this stand in brackets, or in a segment, with an archive copy? */
function isInArchive(before: string): boolean {
  const open = Math.max(before.lastIndexOf('('), before.lastIndexOf('（'))
  const close = Math.max(before.lastIndexOf(')'), before.lastIndexOf('）'))
  return open > close && before.slice(open).includes(mark.archive)
}
