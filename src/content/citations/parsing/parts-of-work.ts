import type { CitedWork } from './cited-work.ts'
import { type GbtReference, gbtReference } from './gbt7714.ts'
import { mark } from './marks.ts'
import { aboutTalk, titleInWords } from './titles-in-words.ts'

/** A note's text around its title. */
export interface PartsOfWork {
  form: 'link' | 'gbt' | 'quoted' | 'bookmarks' | 'emphasised' | 'plain' | 'untitled'
  /** As written. */
  title: string | null
  before: string
  after: string
  gbt: GbtReference | null
}

/** Finds the title: the link's text, else an archive copy's, else the words that a form marks as title. */
export function partsOfWork(work: CitedWork): PartsOfWork {
  const gbt = gbtReference(work.text)
  if (gbt !== null && (gbt.title !== null || work.linkTitle !== null)) {
    return { form: 'gbt', title: gbt.title ?? work.linkTitle, before: gbt.before, after: gbt.after, gbt }
  }
  if (work.linkTitle !== null) return aroundLink(work.text, mark.link, work.linkTitle)
  if (work.archiveTitle !== null && work.text.includes(mark.archive))
    return aroundLink(work.text, mark.archive, work.archiveTitle)
  const words = titleInWords(work.text)
  if (words !== null) return { ...words, gbt: null }
  const talk = aboutTalk.exec(work.text)
  if (talk !== null) {
    return {
      form: 'untitled',
      title: null,
      before: talk[0],
      after: work.text.slice(talk[0].length),
      gbt: null,
    }
  }
  const at = work.text.indexOf(mark.link)
  const end = at < 0 ? work.text.length : at
  return {
    form: 'untitled',
    title: null,
    before: work.text.slice(0, end),
    after: work.text.slice(end + 1),
    gbt: null,
  }
}

/** Quotes, 《》 and emphasis that enclose the link belong to neither side. */
function aroundLink(text: string, link: string, title: string): PartsOfWork {
  const at = text.indexOf(link)
  let before = text.slice(0, at)
  let after = text.slice(at + 1)
  const opened = /["“「『《‘\uFDD3]\s*$/u.exec(before)
  const isEnclosed = opened !== null && /^\s*[,.，。]?\s*["”」』》’\uFDD4]/u.test(after)
  if (isEnclosed) {
    before = before.slice(0, opened.index)
    after = after.replace(/^\s*[,.，。]?\s*["”」』》’\uFDD4]/u, '')
  }
  const isBookTitle = isEnclosed && opened[0].startsWith('《')
  return { form: 'link', title: isBookTitle ? `《${title}》` : title, before, after, gbt: null }
}
