import { type MessagePort, threadId } from 'node:worker_threads'
import { DocumentError, type DocumentIssue } from '#src/content/document-error.ts'
import { runTask, type TaskInput, type TaskName } from './tasks.ts'

/** What is sent to a thread. */
export interface Call {
  readonly name: TaskName
  readonly input: TaskInput<TaskName>
  /** Is told when the work begins, and in which thread: one that is new loads the renderer first. */
  readonly begun: MessagePort
}

/** What comes back. An error would lose its class and its issues on the way. */
export type Outcome = { readonly result: unknown } | { readonly issues: readonly DocumentIssue[] }

/** What a thread of the pool runs for each call; the file is the thread's entry. */
export function answerCall({ name, input, begun }: Call): Outcome {
  begun.postMessage(threadId)
  try {
    return { result: runTask(name, input) }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return { issues: error.issues }
  }
}
