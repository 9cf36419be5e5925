/**
 * What stands in a note's text for what is no text. Noncharacters (Unicode 16 §23.7): no document means anything by
 * them, and those that it has are taken out first.
 */
export const mark = {
  /** The link that gives the url. */
  link: '\uFDD0',
  /** A link to an archive copy. */
  archive: '\uFDD1',
  /** Any other link: an identifier of the same work, a word that is explained. */
  other: '\uFDD2',
  /** Emphasis begins and ends. */
  open: '\uFDD3',
  close: '\uFDD4',
  /** A date that has been read. */
  date: '\uFDD5',
} as const

const anyMark = /[\uFDD0-\uFDEF]/g

/** The text without marks. */
export function withoutMarks(text: string): string {
  return text.replace(anyMark, '')
}
