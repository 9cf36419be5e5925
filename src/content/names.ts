import { limits } from './limits.ts'

// Joiners inside emoji (U+200D) and scripts that need them (U+200C) stay.
const invisible = /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu

/**
 * A name as it is shown: NFC, without invisible characters, trimmed (U+3000 too), runs of blanks as one.
 */
export function displayName(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').replace(invisible, '').trim()
}

/**
 * What two spellings of one tag, topic or author have in common: NFKC (full-width `ＡＩ` is `AI`), case fold, trimmed,
 * runs of blanks as one. Empty for a name that has nothing visible.
 */
export function normalizeName(name: string): string {
  return caseFold(displayName(name).normalize('NFKC')).normalize('NFKC').replace(/\s+/g, ' ').trim()
}

/**
 * Is a name too long to be found by? NFKC makes eighteen letters of one (U+FDFA), and an index of Postgres' takes no
 * more than about 2,700 bytes.
 */
export function isNameTooLong(name: string): boolean {
  return utf8Bytes(normalizeName(name)) > limits.termNameBytes
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Upper, then lower case comes close to Unicode's full case folding: `ß` meets `SS`, `ς` meets `σ`. */
function caseFold(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
