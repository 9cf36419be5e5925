import { type DeriveOptions, deriveArticle } from '#src/content/derive.ts'
import { parseDocument } from '#src/content/document.ts'
import { readFrontMatter } from '#src/content/front-matter/front-matter.ts'
import type { GivenCitation } from '#src/content/patch/explicit-fields.ts'
import { composeArticle, type NewDocument, patchWithCitations } from '#src/content/patch/given-citations.ts'
import type { DocumentPatch } from '#src/content/patch/patch-document.ts'

/**
 * What is derived from a text: pure, whose arguments and results can be copied between threads (HTML §2.7, structured
 * clone). All throw DocumentError.
 */
const tasks = {
  /** The article of a document. */
  derive: (text: string, options: DeriveOptions) => deriveArticle(text, options),
  /** The article of fields, whose document is composed first. */
  compose: (fields: NewDocument, citations: readonly GivenCitation[], options: DeriveOptions) =>
    composeArticle(fields, citations, options),
  /** What the front matter of a document says. */
  frontMatter: (text: string, options: { timeZone: string }) => readFrontMatter(parseDocument(text), options),
  /** A document with a patch applied. */
  patch: (
    text: string,
    patch: Omit<DocumentPatch, 'citations'>,
    options: { timeZone: string },
    citations?: readonly GivenCitation[] | null,
  ) => patchWithCitations(parseDocument(text), patch, citations, options),
}

export type TaskName = keyof typeof tasks
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>
export type TaskResult<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>

/** Runs a task where it is called. @throws DocumentError */
export function runTask<Name extends TaskName>(name: Name, input: TaskInput<Name>): TaskResult<Name> {
  const task: (...input: never) => unknown = tasks[name]
  return task(...(input as never)) as TaskResult<Name>
}
