import { relative } from 'node:path'
import type { FileOutcome } from './import-folder.ts'

/** One line a problem, in the form that editors and CI turn into links: `file:line:column: message`. */
export function outcomeLines(outcome: FileOutcome, from: string): string[] {
  const file = relative(from, outcome.file)
  if (outcome.outcome !== 'failed') return [`${outcome.outcome.padEnd(9)} ${file} → ${outcome.slug}`]
  return outcome.problems.map(({ message, line, column }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':')
    return `failed    ${place}: ${message}`
  })
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
