import { availableParallelism } from 'node:os'
import type { DerivedArticle, DeriveOptions } from '#src/content/derive.ts'
import type { FrontMatter } from '#src/content/front-matter/front-matter.ts'
import type { Note } from '#src/content/markdown/notes.ts'
import type { DocumentPatch, PatchedDocument } from '#src/content/patch/patch-document.ts'
import { createDocumentThreads, type ThreadLimits } from './document-threads.ts'
import type { TaskInput, TaskName, TaskResult } from './tasks.ts'

/**
 * Derives from documents without keeping others waiting: a small one at once, a large one in a thread.
 * All throw DocumentError, also for a document that takes too long, and AppError `unavailable` (503) when too many
 * large ones come at once.
 */
export interface Deriver {
  /** As `deriveArticle`. */
  derive(text: string, options: DeriveOptions): Promise<DerivedArticle>
  /** What the front matter of a document says. */
  frontMatter(text: string, options: { timeZone: string }): Promise<FrontMatter>
  /** The notes of a body. */
  notes(body: string): Promise<Note[]>
  /** As `patchDocument`. */
  patch(text: string, patch: DocumentPatch, options: { timeZone: string }): Promise<PatchedDocument>
  /** Ends the threads. */
  close(): Promise<void>
}

/** From this many characters a document is a thread's. */
const LARGE = 32 * 1024

const LIMITS: ThreadLimits = {
  // One processor stays for the requests.
  threads: Math.max(1, Math.min(2, availableParallelism() - 1)),
  waiting: 16,
  workMs: 4_000,
  idleMs: 30_000,
  heapMiB: 768,
}

/** Makes a deriver. The renderer and the threads are loaded when they are first needed. */
export function createDeriver(limits: Partial<ThreadLimits> = {}): Deriver {
  const threads = createDocumentThreads({ ...LIMITS, ...limits })

  async function run<Name extends TaskName>(
    name: Name,
    characters: number,
    ...input: TaskInput<Name>
  ): Promise<TaskResult<Name>> {
    if (characters >= LARGE) return await threads.run(name, input)
    const { runTask } = await import('./tasks.ts')
    return runTask(name, input)
  }

  return {
    derive: (text, options) => run('derive', text.length, text, options),
    frontMatter: (text, options) => run('frontMatter', text.length, text, options),
    notes: (body) => run('notes', body.length, body),
    patch: (text, patch, options) =>
      run('patch', text.length + (patch.body?.length ?? 0), text, patch, options),
    close: () => threads.close(),
  }
}
