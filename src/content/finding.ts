/** `error`: readers would see something broken. `warning`: an editor should look. */
export type Severity = 'error' | 'warning'

/**
 * Something worth saying about a document that can be read.
 * `line` and `column` are those of the whole document, front matter included, counted from 1.
 */
export interface Finding {
  rule: string
  severity: Severity
  message: string
  line: number | null
  column: number | null
  hint: string | null
}

/** A finding of severity `warning`. */
export function warning(
  rule: string,
  message: string,
  at: { line: number; column: number } | null = null,
  hint: string | null = null,
): Finding {
  return { rule, severity: 'warning', message, line: at?.line ?? null, column: at?.column ?? null, hint }
}
