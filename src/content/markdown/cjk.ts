// Scripts, and the blocks of their punctuation and full-width forms, as in the CommonMark revision candidate of
// github.com/tats-u/markdown-cjk-friendly.
const cjk =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u2E80-\u303F\u30FB\u30FC\u3190-\u33FF\uA960-\uA97C\uFE10-\uFE1F\uFE30-\uFE4F\uFF01-\uFFEE\u{16FE0}-\u{16FFF}\u{1B000}-\u{1B2FF}]/u

/** Is this a Chinese, Japanese or Korean character, its punctuation and full-width forms included? */
export function isCjk(char: string): boolean {
  return char !== '' && cjk.test(char)
}

const softBreak = new RegExp(`(?<=${cjk.source})[ \\t]*\\n[ \\t]*(?=${cjk.source})`, 'gu')

/** Joins lines as a reader does: nothing between two CJK characters, a blank elsewhere. */
export function joinLines(text: string): string {
  const isOneLine = !text.includes('\n') && !text.includes('  ') && !text.includes('\t')
  return (isOneLine ? text : text.replace(softBreak, '').replace(/\s+/g, ' ')).trim()
}
