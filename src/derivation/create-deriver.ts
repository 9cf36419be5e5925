import { availableParallelism } from 'node:os'
import type { DerivedArticle, DeriveOptions } from '#src/content/derive.ts'
import type { FrontMatter } from '#src/content/front-matter/front-matter.ts'
import type { GivenCitation } from '#src/content/patch/explicit-fields.ts'
import type { ComposedArticle, NewDocument } from '#src/content/patch/given-citations.ts'
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
  /** As `composeArticle`. */
  compose(
    fields: NewDocument,
    citations: readonly GivenCitation[],
    options: DeriveOptions,
  ): Promise<ComposedArticle>
  /** What the front matter of a document says. */
  frontMatter(text: string, options: { timeZone: string }): Promise<FrontMatter>
  /** As `patchWithCitations`. */
  patch(
    text: string,
    patch: Omit<DocumentPatch, 'citations'>,
    options: { timeZone: string },
    citations?: readonly GivenCitation[] | null,
  ): Promise<PatchedDocument>
  /** The same, for one of those who wait for their turn: askers take turns. */
  onBehalfOf(asker: string): Deriver
  /** Ends the threads. */
  close(): Promise<void>
}

/** From this many characters a document is a thread's. */
const LARGE = 32 * 1024

const LIMITS: ThreadLimits = {
  // One processor stays for the requests.
  threads: Math.max(1, Math.min(2, availableParallelism() - 1)),
  waitingCharacters: 64 * 1024 * 1024,
  // In a thread that is new, nothing but notes takes 0.3 s in 40 KB and 1.4 s in 550 KB, a story of 1 MB 0.5 s.
  cpuMs: (characters) => Math.min(4_000, 750 + characters / 150),
  workMs: 10_000,
  idleMs: 30_000,
  heapMiB: 768,
}

/** Makes a deriver. The renderer and the threads are loaded when they are first needed. */
export function createDeriver(limits: Partial<ThreadLimits> = {}): Deriver {
  const threads = createDocumentThreads({ ...LIMITS, ...limits })

  async function run<Name extends TaskName>(
    name: Name,
    asker: string,
    characters: number,
    ...input: TaskInput<Name>
  ): Promise<TaskResult<Name>> {
    if (characters >= LARGE) return await threads.run(name, input, { asker, characters })
    const { runTask } = await import('./tasks.ts')
    return runTask(name, input)
  }

  const onBehalfOf = (asker: string): Deriver => ({
    derive: (text, options) => run('derive', asker, text.length, text, options),
    compose: (fields, citations, options) =>
      run('compose', asker, sizeOf([fields, citations]), fields, citations, options),
    frontMatter: (text, options) => run('frontMatter', asker, text.length, text, options),
    patch: (text, patch, options, citations) =>
      run('patch', asker, text.length + sizeOf([patch, citations ?? []]), text, patch, options, citations),
    onBehalfOf,
    close: () => threads.close(),
  })
  return onBehalfOf('')
}

/** About how many characters a value holds. */
const sizeOf = (value: object): number => JSON.stringify(value).length
