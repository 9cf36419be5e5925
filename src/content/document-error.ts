/** Why a document can't be taken as it is. The codes are stable: clients and messages build on them. */
export type DocumentIssueCode =
  | 'nul_character'
  | 'lone_surrogate'
  | 'front_matter_unclosed'
  | 'front_matter_syntax'
  | 'front_matter_duplicate_key'
  | 'front_matter_not_a_mapping'
  | 'front_matter_language'
  | 'front_matter_template'
  | 'front_matter_too_complex'
  | 'invalid_value'
  | 'invalid_date'
  | 'invalid_slug'
  | 'invalid_citation'
  | 'too_deep'
  | 'too_large'

/** One thing that is wrong: where (line and column of the whole document, from 1), and what would be right. */
export interface DocumentIssue {
  code: DocumentIssueCode
  /** The front matter field, as a path: `date`, `tags[2]`, `citations[0].publishedOn`; null for the text itself. */
  field: string | null
  message: string
  line: number
  column: number
  hint?: string
}

/** A document that can't be read, or that holds invalid values. Carries every issue at once. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  readonly issues: readonly DocumentIssue[]

  constructor(issues: readonly DocumentIssue[]) {
    super(issues.map(issueInWords).join('\n'))
    this.issues = issues
  }
}

/** One issue as a sentence: `Line 3, column 7 (date): …`. */
function issueInWords(issue: DocumentIssue): string {
  const field = issue.field === null ? '' : ` (${issue.field})`
  const hint = issue.hint === undefined ? '' : ` ${issue.hint}`
  return `Line ${issue.line}, column ${issue.column}${field}: ${issue.message}${hint}`
}
