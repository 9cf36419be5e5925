import type { CitationField } from './citations.ts'

/** The fields of a citation that name a work by a number, which is right or wrong. */
export const identifierFields = ['doi', 'isbn', 'arxiv'] as const satisfies readonly CitationField[]
export type IdentifierField = (typeof identifierFields)[number]

/** What is wrong, and what would be right. */
interface IdentifierProblem {
  message: string
  hint: string
}

const checks: Readonly<Record<IdentifierField, { isRight: (text: string) => boolean } & IdentifierProblem>> =
  {
    // DOI Handbook §2.2: a prefix of the directory 10, a suffix of any characters.
    doi: {
      isRight: (text) => /^10\.\d{4,9}(?:\.\d+)*\/\S+$/.test(text),
      message: 'is no DOI.',
      hint: 'Write it without an address before it, such as 10.1000/182; null says that there is none.',
    },
    isbn: {
      isRight: isIsbn,
      message: 'is no ISBN.',
      hint: 'It has 10 or 13 digits, of which the last is a check digit; null says that there is none.',
    },
    // https://info.arxiv.org/help/arxiv_identifier.html: since 2007, and before.
    arxiv: {
      isRight: (text) =>
        /^(?:\d{4}\.\d{4,5}|[a-z]{2,10}(?:-[a-z]{2,4})?(?:\.[a-z]{2})?\/\d{7})(?:v\d{1,3})?$/i.test(text),
      message: 'is no arXiv identifier.',
      hint: 'Write it alone, such as 1706.03762; null says that there is none.',
    },
  }

/** What keeps a text from being the identifier of a work; null when nothing does. */
export function identifierProblem(field: IdentifierField, text: string): IdentifierProblem | null {
  const { isRight, message, hint } = checks[field]
  return isRight(text) ? null : { message: `"${text.slice(0, 80)}" ${message}`, hint }
}

/** ISO 2108: ten digits weigh 10…1 modulo 11, thirteen 1 and 3 by turns modulo 10. */
function isIsbn(text: string): boolean {
  const isbn = text.replace(/[\s‐‑–-]/g, '').toUpperCase()
  if (!/^(?:97[89]\d{10}|\d{9}[\dX])$/.test(isbn)) return false
  const digits = [...isbn].map((char) => (char === 'X' ? 10 : Number(char)))
  const weight = (at: number) => (isbn.length === 10 ? 10 - at : at % 2 === 0 ? 1 : 3)
  const sum = digits.reduce((total, digit, at) => total + digit * weight(at), 0)
  return sum % (isbn.length === 10 ? 11 : 10) === 0
}
