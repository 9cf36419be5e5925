import { romanized } from './slug.ts'

const MAX_CHARACTERS = 100

/**
 * What a title sorts by, byte for byte: Chinese as pinyin, no accents, no case, punctuation as blanks; at most 100
 * characters and 400 bytes. The same everywhere, which the collations of operating systems are not.
 */
export function titleSortKey(title: string): string {
  const words = romanized(title.normalize('NFKC'))
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, ' ')
    .trim()
  return [...words].slice(0, MAX_CHARACTERS).join('').trimEnd()
}
