import { accountIn, wechatAccountIn, withoutWechatIds } from './accounts.ts'
import { withoutHelpers } from './credits.ts'
import { mark, withoutMarks } from './marks.ts'
import { isNameLike } from './name-like.ts'
import { namesIn } from './names.ts'
import { isBookPublisher, isOrganisation } from './organisations.ts'
import { isDatabase, jointOutlets, leadingOutlet, outletOf } from './outlets.ts'
import { isHelper, personsAfterRole, withoutRoles } from './roles.ts'
import { isNoise } from './segment-noise.ts'
import { cleanName, type Segment, segmentsOf } from './segments.ts'

/** What stands after a title. */
export interface AfterTitle {
  authors: string[]
  publisher: string | null
  containerTitle: string | null
}

/** How to read it: what the form of the note allows. */
export interface AfterTitleOptions {
  /** Nothing is named before the title: an outlet after `·` is then where the work appeared. */
  isFirst: boolean
  /** The title is emphasised, or of a book: what follows is its publisher, also when no word says so. */
  mayBePublisher: boolean
}

/** @param position of the segment among those that name something, from 0 */
interface Context extends AfterTitleOptions {
  position: number
  found: AfterTitle
  /** What follows `via` and `转载自`. */
  via: string[]
}

/**
 * Reads what stands after a title: container, publisher, authors by role or after `·`.
 * @param text with marks in place of dates
 */
export function readAfterTitle(text: string, options: AfterTitleOptions): AfterTitle {
  const found: AfterTitle = { authors: [], publisher: null, containerTitle: null }
  const context: Context = { ...options, position: 0, found, via: [] }
  for (const segment of segmentsOf(prepared(text))) {
    readSegment(segment, context)
    if (!segment.isBracketed && !isNoise(cleanName(segment.text))) context.position++
  }
  const [via] = context.via
  if (via === undefined) return found
  // Of two outlets the one after `via` is the container, and the other the publisher; a platform stays the nearer one.
  const nearer = found.containerTitle
  if (nearer === null) return { ...found, containerTitle: via }
  if (outletOf(nearer)?.kind !== 'outlet') return found
  return { ...found, publisher: found.publisher ?? nearer, containerTitle: via }
}

// `review of *Swing Time*, by Zadie Smith`
const reviewed = /\breview of \uFDD3[^\uFDD4]{0,200}\uFDD4,? by [^,.\uFDD3]{2,60}/iu
const edition =
  /(?<![\p{L}\p{N}])(?:\d{1,2}(?:st|nd|rd|th)|rev\.?|revised|updated|second|third) ed(?:ition|n)?\b\.?,?\s*/iu
// `Cambridge, MA, USA: MIT Press`: the commas within a place part nothing.
const region = /(\p{Lu}[\p{L}.’' -]{1,30}), (?:\p{Lu}[\p{L}.]{1,15})(?:, (?:USA|UK|U\.S\.A\.))?: (?=\p{Lu})/u
// `126 Yale L.J. 710`, `123 F. Supp. 3d 456`: what stands between volume and page is where the work appeared.
const reporter = /^([\s,，]*)\d{1,4} (\p{Lu}[\p{L}.&’' ]{0,60}?(?: \d(?:d|th))?) \d{1,5}(?=[\s,(（–-]|$)/u

// `Comput. J. 27, 2 (May 1984), 97–111`: a journal that nothing emphasises, by its volume and issue.
const plainJournal = /^([\s.]*)(\p{Lu}[\p{L}.&’' ]{1,60}?) (\d{1,4}, \d{1,4} \(\uFDD5\))/u

function prepared(text: string): string {
  return withoutHelpers(withoutWechatIds(text.replace(reviewed, '')))
    .replace(edition, '')
    .replace(region, '$1: ')
    .replace(reporter, `$1${mark.open}$2${mark.close},`)
    .replace(plainJournal, `$1${mark.open}$2${mark.close} $3`)
}

const sourceWords = /^(?:来源|來源|文章来源|信息来源|稿源|source|出处)\s*[：:]\s*/iu
const markedName = /^(?:《([^》]{1,120})》|\uFDD3([^\uFDD4]{1,200})\uFDD4).{0,40}$/u

function readSegment(segment: Segment, context: Context): void {
  const text = segment.text.trim()
  const plain = cleanName(text)
  const { found } = context
  if (plain === '' || text.includes(mark.archive)) return
  if (sourceWords.test(text)) {
    const source = cleanName(text.replace(sourceWords, ''))
    if (isNameLike(source)) found.publisher ??= source
    return
  }
  if (readVia(text.replace(/^\uFDD5\s?/u, ''), context)) return
  const persons = personsOf(withoutMarks(text).trim())
  if (persons.length > 0) {
    found.authors.push(...persons)
    return
  }
  const marked = markedName.exec(text)
  if (marked) {
    const name = nameInMarks(marked[1] ?? marked[2] ?? '')
    if (/\p{L}/u.test(name) && !isDatabase(name)) found.containerTitle ??= name
    if (text.startsWith('《')) found.authors.push(...personsAfterRole(text.slice(name.length + 2)))
  } else if (!isNoise(plain) && !(isHelper(plain) && plain.length <= 30) && !isAside(segment, plain)) {
    readName(segment, plain, context)
  }
}

/** `[Conference presentation]` and `(NIH Publication No. 18-2059)` describe; `[… dissertation, Yale University]` names. */
function isAside({ isBracketed, isSquare }: Segment, name: string): boolean {
  if (!isBracketed || outletOf(name) !== null || /\bUniversit|\bCollege\b/u.test(name)) return false
  return isSquare || (/\d/.test(name) && !isBookPublisher(name))
}

const viaWords = /^(?:[-–—\s]*via|转引自|轉引自|转载自|转自|轉載自)\s*[：:]?\s*/iu
const inWords =
  /^(?:转载于|原载于?|首发于|刊于|载于|载|載|收入|收于|见于|\/\/|in:?(?=\s[\p{Lu}\uFDD3《]))\s*[：:]?\s*/iu

/** Reads `via Twitter`, `转引自新浪财经`, `载《X》`, `in *X*`; false for everything else. */
function readVia(text: string, { found, via }: Context): boolean {
  const words = viaWords.exec(text) ?? inWords.exec(text)
  if (words === null) return false
  const rest = text.slice(words[0].length)
  const marked = /^.{0,60}?(?:《([^》]{1,120})》|\uFDD3([^\uFDD4]{1,200})\uFDD4)/u.exec(rest)
  const name = marked ? nameInMarks(marked[1] ?? marked[2] ?? '') : cleanName(rest)
  if (name === '') return false
  if (viaWords.test(text)) via.push(name)
  else if (marked || outletOf(name) || isHanSite(name)) found.containerTitle ??= name
  else return false
  return true
}

/** `光明网`, `中国作家网`: where something stands, by its last word. */
function isHanSite(name: string): boolean {
  return /^\p{Script=Han}{2,16}(?:网|網|网站|報|报|报社|刊|周刊|週刊|月刊|杂志|雜誌|客户端|公众号|论坛|博客|频道|栏目|App|APP)$/u.test(
    name,
  )
}

/** An abbreviated journal keeps its full stop: `IEEE Trans. Inf. Theory.`, not `Nature.` */
function nameInMarks(text: string): string {
  return /\.(?:\s.*)?\p{L}\.$/u.test(text.trim()) ? withoutMarks(text).trim() : cleanName(text)
}

const byline =
  /^(?:\p{Script=Han}{0,8}?(?:记者|記者|主笔|实习生|撰稿人?|通讯员|作者|撰文|采写|编译|UP主|主持人|主播)|文\s?[：:｜|/／])/u

/** The persons of `by X and Y`, `作者：X、Y`, `X著`; none for everything else. */
function personsOf(text: string): string[] {
  const latin = /^by\s+(?=[\p{Lu}@])(.{2,200})$/u.exec(text)
  const han = /^([\p{Script=Han}·、，]{2,30}?)(?:等?著|主编|编著)$/u.exec(text)
  if (latin || han) return namesIn(latin?.[1] ?? han?.[1] ?? '')
  return byline.test(text) ? personsAfterRole(text) : []
}

// `arXiv preprint`, `YouTube video`, `GitHub issue`: the platform, and what stands there.
const thing =
  /(?<=\S)\s?(?:(?:e-?)?preprints?|video|photo|image|reel|tweet|post|repository|issue|thread|dataset|article|channel|page|视频|正文|回答|文章|专栏文章|仓库)$|(?<=arXiv) \[[\w.-]+\]$/iu
const wire =
  /^\p{Script=Han}{0,6}(?:\d{1,2}月)?(?:\d{1,2}日)?(?:电|電|讯|訊|消息|客户端|网站|微信公众号|官方微博|官网)$/u

// `中国政府网2018年8月8日`
const siteAndDate = /^(\p{Script=Han}{2,16}(?:网|網|报|報))\s?\uFDD5/u

function readName(segment: Segment, name: string, context: Context): void {
  const { found, isFirst, position } = context
  if (isDatabase(name)) return
  const isAfterDot = segment.separator === '·'
  const platform = outletOf(name) === null ? name.replace(thing, '') : name
  const outlet = outletOf(platform)
  if (outlet === null && isAfterDot) {
    found.authors.push(...namesIn(name).map(withoutRoles).filter(isNameLike))
  } else if (outlet === null && jointOutlets(name) !== null) {
    const [first, second] = jointOutlets(name) ?? []
    if (found.containerTitle === null && first !== undefined) found.containerTitle = first
    found.publisher ??= second ?? null
  } else if (outlet === null) {
    const leading = leadingOutlet(name)
    const site = siteAndDate.exec(segment.text.trim())?.[1]
    if (site !== undefined) found.containerTitle ??= site
    else if (leading !== null && wire.test(name.slice(leading.name.length).trim()))
      found.containerTitle ??= leading.name
    else readOther(segment, name, context)
  } else if (outlet.kind === 'outlet' && isAfterDot && (!isFirst || position > 0)) {
    found.authors.push(name)
  } else if (found.containerTitle === null) {
    found.containerTitle = platform
  } else if (outlet.kind === 'outlet') {
    found.publisher ??= name
  }
}

const thesis =
  /^(.{2,30}?(?:大学|大學|学院|研究院|研究所)).{0,14}(?:博士|硕士|碩士|学士|本科)(?:后|生)?(?:学位|學位|毕业)?(?:论文|論文)$/u

/** An account, the university of a thesis, a publisher. */
function readOther(segment: Segment, name: string, context: Context): void {
  const { found, mayBePublisher, position } = context
  const written = withoutMarks(segment.text).trim()
  const account = accountIn(written)
  const named = thesis.exec(name)?.[1] ?? wechatAccountIn(written) ?? publisherIn(name, mayBePublisher)
  const isAlone = position === 0 && !segment.isBracketed && found.containerTitle === null
  if (account !== null) found.authors.push(...[account].filter(isNameLike))
  else if (named !== null) found.publisher ??= named
  else if (mayBePublisher && isAlone && isTitleCase(name)) found.publisher ??= name
}

/** `北京大学出版社`, `Skerra Public Radio`, `New York: Vintage`: the organisation, or the house after its place. */
function publisherIn(written: string, mayBePublisher: boolean): string | null {
  const name = written.replace(/[:：]\s?[\d–-]+$/u, '')
  const house = /^[^:：]{1,60}[:：]\s*([\p{Lu}\p{Script=Han}]\P{N}{1,100})$/u.exec(name)?.[1] ?? null
  const isNamed =
    house !== null && (!/\p{Script=Han}/u.test(house) || isOrganisation(house) || isBookPublisher(house))
  if (isNamed) return house
  if (/^\p{Ll}/u.test(name)) return null
  if (isBookPublisher(name)) return name
  return isOrganisation(name) && (mayBePublisher || !mayBePlace(name)) ? name : null
}

/** One Latin word after a title may be a place (`Washington`, `MA`); capitals within tell a name (`IETF`, `OpenAI`). */
function mayBePlace(name: string): boolean {
  return /\d{3}|^\p{Lu}{2}$/u.test(name) || /^\p{Script=Latin}[^\p{Lu}\s]*$/u.test(name)
}

/** `Cengage Learning`, `Penguin`: capitals throughout, and not many words. */
function isTitleCase(name: string): boolean {
  const words = name.split(/\s+/)
  const isCapital = (word: string) => /^(?:\p{Lu}|&|(?:of|the|and|for|de|la|van|von)$)/u.test(word)
  return words.length <= 6 && /^\p{Lu}\P{N}*$/u.test(name) && words.every(isCapital)
}
