import type { NoteRun } from '../../markdown/notes.ts'

// Addresses that GFM's extended autolinks leave: without a scheme behind Chinese punctuation, hosts beyond ASCII.
const schemeless =
  /(?<![A-Za-z0-9@/.:_-])www\.(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}(?::\d{1,5})?(?:[/?#][!-~]{0,500})?/
const beyondAscii =
  /https?:\/\/(?=[^\s/?#]{0,80}[^\0-\u007F])[^\s，。；、（）【】《》“”"<>\uFDD0-\uFDEF]{4,500}/
const anyAddress = new RegExp(`${schemeless.source}|${beyondAscii.source}`, 'giu')
const maxAddresses = 10

/**
 * The runs of a note with addresses that only stand in its text as links (`www.…` as GFM links it, with `http://`), and
 * without links that lead to what a word means (`[doi](https://en.wikipedia.org/wiki/Doi_(identifier))`).
 */
export function withAddresses(runs: readonly NoteRun[]): NoteRun[] {
  const shown: NoteRun[] = []
  for (const run of runs) {
    if (isExplanation(run)) shown.push({ ...run, url: null })
    else if (run.url !== null) shown.push(isAfterLabel(shown) ? { ...run, text: run.url } : run)
    else shown.push(...linkedAddresses(run))
  }
  return shown
}

const identifier =
  '(?:doi|bibcode|isbn|issn|pmid|pmc|oclc|s2cid|jstor|arxiv|hdl|ssrn|asin|lccn|mr|zbl|osti|rfc|citeseerx)'
const label = new RegExp(`^${identifier}$`, 'i')
const labelAtEnd = new RegExp(`(?:^|[\\s.,(])${identifier}[\\s:：]*$`, 'i')

const identifierPage =
  /^https?:\/\/[^/]*wikipedia\.org\/wiki\/(?:[^/]{1,60}_\(identifier\)|Digital_object_identifier|International_Standard_(?:Book|Serial)_Number)$/i
const wikipedia = /^https?:\/\/[^/]*wikipedia\.org\/|^https?:\/\/(?:www\.)?doi\.org\/?$/i

function isExplanation({ text, url }: NoteRun): boolean {
  return url !== null && (identifierPage.test(url) || (label.test(text.trim()) && wikipedia.test(url)))
}

/** `Bibcode:[2020OcS..16..1K](…)`: the link's text is an identifier. */
function isAfterLabel(shown: readonly NoteRun[]): boolean {
  const last = shown.at(-1)?.text ?? ''
  const before = shown.at(-2)?.text ?? ''
  return /[:：\s]$/.test(last) && labelAtEnd.test(`${before.slice(-20)}${last}`.slice(-40))
}

function linkedAddresses(run: NoteRun): NoteRun[] {
  const parts: NoteRun[] = []
  let from = 0
  for (const match of [...run.text.matchAll(anyAddress)].slice(0, maxAddresses)) {
    const text = withoutClosing(match[0])
    const url = text.startsWith('www.') ? `http://${text}` : text
    if (URL.parse(url)?.hostname.includes('.') !== true) continue
    parts.push({ ...run, text: run.text.slice(from, match.index) }, { ...run, text, url })
    from = match.index + text.length
  }
  return [...parts, { ...run, text: run.text.slice(from) }].filter(({ text }) => text !== '')
}

/** Closing punctuation is the sentence's (GFM 0.29 §6.9). */
function withoutClosing(address: string): string {
  const trimmed = address.replace(/[.,;:!?'"*_~\]]{1,20}$/, '')
  return trimmed.endsWith(')') && !trimmed.includes('(') ? trimmed.slice(0, -1) : trimmed
}
