import { type DeriveOptions, deriveArticle } from '#src/content/derive.ts'
import { parseDocument } from '#src/content/document.ts'
import { readFrontMatter } from '#src/content/front-matter/front-matter.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import { type DocumentPatch, patchDocument } from '#src/content/patch/patch-document.ts'

/**
 * What is derived from a text: pure, whose arguments and results can be copied between threads (HTML §2.7, structured
 * clone). All throw DocumentError.
 */
const tasks = {
  /** The article of a document. */
  derive: (text: string, options: DeriveOptions) => deriveArticle(text, options),
  /** What the front matter of a document says. */
  frontMatter: (text: string, options: { timeZone: string }) => readFrontMatter(parseDocument(text), options),
  /** The notes of a body. */
  notes: (body: string) => renderBody(body).notes,
  /** A document with a patch applied. */
  patch: (text: string, patch: DocumentPatch, options: { timeZone: string }) =>
    patchDocument(parseDocument(text), patch, options),
}

export type TaskName = keyof typeof tasks
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>
export type TaskResult<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>

/** Runs a task where it is called. @throws DocumentError */
export function runTask<Name extends TaskName>(name: Name, input: TaskInput<Name>): TaskResult<Name> {
  const task: (...input: never) => unknown = tasks[name]
  return task(...(input as never)) as TaskResult<Name>
}
