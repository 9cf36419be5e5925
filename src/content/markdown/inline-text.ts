// Where a text may end: what begins markup, and what may begin an address or a line break.
const textEnd = /[\\<![`*~_@]|\^(?=\[)|\{(?=[{%:#.])| {2}|https?|ftp:\/\/|www\.|mailto:|xmpp:/gi
const mailCharacter = /[a-z0-9.!#$%&'*+/=?_`{|}~-]/i
// Where such a link begins (GFM 0.29 §6.9).
const linkedMailCharacter = /[a-z0-9._+-]/i
const mailRest = /^[a-z0-9._+-]{1,64}@/i
// RFC 5321 §4.5.3.1.1.
const maxMailName = 64

/**
 * How long the text is that `src` begins with, at least 1: it ends where an inline token may begin. As marked's rule for
 * text (GFM's extended autolinks included), and before notes written in place and what other systems replace; linear,
 * where that rule looks to the end of the paragraph from each `  ` and `@`.
 */
export function textLength(src: string): number {
  textEnd.lastIndex = /^(?:`+|~+)/.exec(src)?.[0].length ?? 1
  for (let match = textEnd.exec(src); match; match = textEnd.exec(src)) {
    const end = endAt(src, match.index, match[0])
    if (end !== null) return end
  }
  return src.length
}

/** Where the text ends for what stands at `at`; null when it goes on. */
function endAt(src: string, at: number, found: string): number | null {
  const first = found.charCodeAt(0)
  if (first === 0x40) return mailStart(src, at)
  if (first === 0x20) return breakAt(src, at)
  if (first === 0x5f && mailRest.test(src.slice(at, at + maxMailName + 1)))
    return startOf(linkedMailCharacter, src, at) || at
  if (found.length < 2) return at
  const before = src.charAt(at - 1)
  if (/^www/i.test(found)) return /[\s*_~(]/.test(before) ? at : null
  if (/^[mx]/i.test(found)) return /[a-z0-9]/i.test(before) ? null : at
  return at
}

/** The name in a mail address that has its `@` here. One that the text begins with was no address. */
function mailStart(src: string, at: number): number | null {
  const start = startOf(mailCharacter, src, at)
  if (start === at) return null
  return start || startOf(linkedMailCharacter, src, at) || null
}

function startOf(character: RegExp, src: string, end: number): number {
  let start = end
  while (start > 0 && end - start < maxMailName && character.test(src.charAt(start - 1))) start--
  return start
}

const blanks = / +/y

/** Blanks are a line break where the line ends. They are stepped over once. */
function breakAt(src: string, at: number): number | null {
  blanks.lastIndex = at
  blanks.test(src)
  const end = blanks.lastIndex
  if (src.charCodeAt(end) === 10) return at
  textEnd.lastIndex = Math.max(textEnd.lastIndex, end)
  return null
}
