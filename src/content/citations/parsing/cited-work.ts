import { joinLines } from '../../markdown/cjk.ts'
import type { NoteRun } from '../../markdown/notes.ts'
import { withAddresses } from './address-runs.ts'
import { isIdentifier } from './identifiers.ts'
import { mark, withoutMarks } from './marks.ts'
import { isOutletBeforeTitle, outletOf } from './outlets.ts'

/** The part of a note that speaks of the first work, with marks where its links and emphases stand. */
export interface CitedWork {
  /** The paragraph that cites it, without marks. */
  written: string
  text: string
  /** Do these words stand in the note, side by side? */
  says: (words: string) => boolean
  /** The first link that leads to no archive copy. */
  url: string | null
  /** What that link says, when it is a title. */
  linkTitle: string | null
  /** The outlet after whose name that link is called. */
  linkOutlet: string | null
  /** The account after whose handle it is called (`[@name](…)`). */
  linkHandle: string | null
  archiveUrl: string | null
  archiveTitle: string | null
  /** Addresses that may hold identifiers of the work. */
  urls: string[]
}

interface PlacedLink {
  text: string
  url: string
  at: number
}

// Citations are short: what stands further on is prose, and is not looked at.
const maxLength = 2_000
const maxLinks = 40

const archiveHost =
  /^https?:\/\/(?:[^/?#]+\.)?(?:archive\.(?:org|ph|today|is|md|li|vn|fo)|perma\.cc|webcitation\.org|ghostarchive\.org)(?=[/:?#]|$)/i
const identifierHost = /^https?:\/\/(?:(?:dx\.)?doi\.org|(?:www\.)?arxiv\.org)\//i
const genericWord =
  /^[\s[\]［］（）()【】「」“”".。]*(?:此|这儿|見此|见此|链接|連結|網址|网址|原文|原文链接|原文連結|原文地址|此处|这里|這裡|点此|点击查看|点击这里|存档|存檔|备份|快照|网页快照|全文|全文链接|查看原文|阅读原文|原始内容|原链接|网页|来源|出处|视频|视频链接|地址|报道|报道链接|links?|here|this|source|url|web|website|web ?page|online|archived?(?: copy| version| page)?|archived? from the original|archive link|the original|original|full text|text|article|pdf|pdf version|html|permalink|via|doi|see here|read here|abstract|video|audio|transcript)[\s[\]［］（）()【】「」“”".。]*$/iu
const handle = /^@[\w.-]{1,40}$/
const anotherWork =
  /(?:另见|另參見|另参见|另可参见|亦可参见|亦见|又见|并见|還可參見|还可参见|参阅|see also|see further|compare|but see|论文地址|论文链接|论文：|论文见|项目地址|代码地址)/iu

/** Reads a note's blocks as text with marks, and finds where its first work begins and ends. */
export function citedWork(blocks: readonly (readonly NoteRun[])[]): CitedWork {
  const runs = blocks.find((block) => block.some(({ url }) => url !== null)) ?? blocks[0] ?? []
  const written = runs.map((run) => run.text).join('')
  const { text, links } = markedText(withAddresses(runs))
  const plain = withoutBlanks(written)
  const main = links.find(({ url }) => !archiveHost.test(url))
  const end = main === undefined ? text.length : endOfWork(text, links, main)
  const inWork = links.filter(({ at }) => at < end)
  const archive = inWork.find(({ url }) => archiveHost.test(url))
  return {
    written,
    text: withLinkMarks(text.slice(0, end), inWork, main),
    says: (words) => plain.includes(withoutBlanks(words)),
    url: main?.url ?? null,
    linkTitle: main === undefined ? null : titleOf(main),
    linkOutlet:
      main !== undefined && isOutletName(main.text)
        ? main.text.trim().replace(/^《([^《》]*)》$/u, '$1')
        : null,
    linkHandle: main !== undefined && handle.test(main.text) ? main.text : null,
    archiveUrl: archive?.url ?? null,
    archiveTitle: archive === undefined ? null : titleOf(archive),
    urls: inWork.filter((link) => main === undefined || isSameWork(link, main)).map(({ url }) => url),
  }
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '')
}

/** One character for each link (`mark.other` for now), and marks around emphasis. */
function markedText(runs: readonly NoteRun[]): { text: string; links: PlacedLink[] } {
  const links: { text: string; url: string }[] = []
  let text = ''
  let isEmphasised = false
  for (const run of runs) {
    if (text.length > maxLength) break
    if (run.isEmphasised !== isEmphasised) text += run.isEmphasised ? mark.open : mark.close
    isEmphasised = run.isEmphasised
    if (run.url === null) text += withoutMarks(run.text.slice(0, maxLength))
    else if (links.length < maxLinks) {
      links.push({ text: run.text, url: run.url })
      text += mark.other
    }
  }
  if (isEmphasised) text += mark.close
  const joined = withoutOuterBrackets(joinLines(withoutIdleEmphasis(text.slice(0, maxLength)).trim()))
  const places = [...joined.matchAll(new RegExp(mark.other, 'g'))].map(({ index }) => index)
  return {
    text: joined,
    links: places.flatMap((at, index) => links.slice(index, index + 1).map((link) => ({ ...link, at }))),
  }
}

/** `（来源：[光明网](…)）`: brackets around the whole note say nothing. */
function withoutOuterBrackets(text: string): string {
  const [, inner = ''] = /^[（(]([^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*)[)）][.。]?$/u.exec(text) ?? []
  return inner === '' ? text : inner.trim()
}

const idle =
  /^[\s\d().,:;–-]*$|^\s*(?:et al\.?|and|in|via|ibid\.?|see|cf\.?|vol\.?|no\.?|s\.v\.|see also|emphasis added)[\s,]*$|^[\s"“”‘’]*\uFDD2[\s"“”‘’,.]*$/i

/** Emphasis says nothing around a link, a number, `et al.` or `via`. */
function withoutIdleEmphasis(text: string): string {
  return text.replace(/\uFDD3([^\uFDD3\uFDD4]{0,300})\uFDD4/g, (whole, inner: string) =>
    idle.test(inner) ? inner : whole,
  )
}

/** The link's text, when it is a title: no address, identifier, outlet, or word like `原文` and `here`. */
function titleOf({ text, url }: PlacedLink): string | null {
  const isAddress =
    text === url || /^(?:https?:\/\/|www\.)\S+$/i.test(text) || /^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/.test(text)
  return isAddress ||
    handle.test(text) ||
    outletOf(sourceName(text)) !== null ||
    genericWord.test(text) ||
    isIdentifier(text)
    ? null
    : text
}

/** The outlet that `《新京报》` and `新华网客户端` name. */
function sourceName(text: string): string {
  return text
    .trim()
    .replace(/^《([^《》]*)》$/u, '$1')
    .replace(/(?<=\p{Script=Han}{2})(?:客户端|官网|网站)$/u, '')
}

function isOutletName(text: string): boolean {
  const outlet = outletOf(sourceName(text))
  return outlet !== null && isOutletBeforeTitle(outlet)
}

/** Where a second work begins: at the first link to another work, or rather before the words that lead there. */
function endOfWork(text: string, links: readonly PlacedLink[], main: PlacedLink): number {
  const after = main.at + 1
  const next = links.find((link) => link.at > main.at && isAnother(text, link, main))
  const words = anotherWork.exec(text.slice(after))
  const end = Math.min(next?.at ?? text.length, words === null ? text.length : after + words.index)
  if (end === text.length) return end
  const stops = [
    ...text.slice(after, end).matchAll(/[；;、]|(?<=。)|(?<=[.!?]["”’)\]]*)(?=\s)|\s(?=(?:and|or)\s*$)/gu),
  ]
  const last = stops.at(-1)
  return last === undefined ? end : after + last.index
}

function isAnother(text: string, link: PlacedLink, main: PlacedLink): boolean {
  if (archiveHost.test(link.url)) return false
  const between = text.slice(main.at + 1, link.at)
  if (anotherWork.test(between)) return true
  // `([Tweet](…))`, `([PDF](…))` explain a word.
  const isBracketed = /[(（[［]\s*$/.test(between) && /^\s*[)）\]］]/.test(text.slice(link.at + 1))
  if (isBracketed && (titleOf(link) === null || /^\p{L}{1,12}$/u.test(link.text))) return false
  return !isSameWork(link, main) || /[；;]\s*$/.test(between)
}

/** The work's own address again, shortened perhaps, or its DOI or arXiv id. */
function isSameWork(link: PlacedLink, main: PlacedLink): boolean {
  if (link.url === main.url) return true
  if (titleOf(link) !== null) return false
  const isItsId =
    identifierHost.test(link.url) && URL.parse(link.url)?.hostname !== URL.parse(main.url)?.hostname
  return isItsId || bareAddress(main.url).startsWith(bareAddress(link.url))
}

function bareAddress(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '')
}

function withLinkMarks(text: string, links: readonly PlacedLink[], main: PlacedLink | undefined): string {
  let marked = text
  for (const link of links) {
    const kind = link === main ? mark.link : archiveHost.test(link.url) ? mark.archive : mark.other
    marked = marked.slice(0, link.at) + kind + marked.slice(link.at + 1)
  }
  return marked
}
