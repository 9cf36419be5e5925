import { relative } from 'node:path'
import type { FileOutcome } from './import-folder.ts'

/** Something said of a place in a file. */
interface Told {
  readonly message: string
  readonly line?: number | null | undefined
  readonly column?: number | null | undefined
}

/**
 * What became of a file, and a line for each problem or finding, in the form that editors and CI turn into links:
 * `file:line:column: message`.
 */
export function outcomeLines(outcome: FileOutcome, from: string): string[] {
  const file = relative(from, outcome.file)
  const told = (kind: string, { message, line, column }: Told) => {
    const place = [file, line, column].filter((part) => part !== undefined && part !== null).join(':')
    return `${kind.padEnd(9)} ${place}: ${message}`
  }
  if (outcome.outcome === 'failed') return outcome.problems.map((problem) => told('failed', problem))
  const { slug, findings } = outcome
  return [
    `${outcome.outcome.padEnd(9)} ${file} → ${slug}`,
    ...findings.map((finding) => told('finding', finding)),
  ]
}

/** `5 documents: 4 created, 1 failed`. */
export function summaryLine(outcomes: readonly FileOutcome[]): string {
  const counts = (['created', 'updated', 'unchanged', 'failed'] as const).flatMap((name) => {
    const count = outcomes.filter(({ outcome }) => outcome === name).length
    return count === 0 ? [] : [`${count} ${name}`]
  })
  const noun = outcomes.length === 1 ? 'document' : 'documents'
  return `${outcomes.length} ${noun}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`
}
