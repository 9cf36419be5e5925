import { MessageChannel, type Worker } from 'node:worker_threads'
import type { Piscina } from 'piscina'
import { DocumentError } from '#src/content/document-error.ts'
import { noThread, takesTooLong, takesTooMuchMemory, tooManyDocuments } from './refusals.ts'
import type { TaskInput, TaskName, TaskResult } from './tasks.ts'
import type { answerCall, Call, Outcome } from './thread.ts'
import { createWaitingLine } from './waiting-line.ts'

/** What the threads may take. */
export interface ThreadLimits {
  /** How many there are at most. */
  readonly threads: number
  /** How many characters the documents may have together that wait for one. */
  readonly waitingCharacters: number
  /** After so much processor time at a document of so many characters a thread is ended. */
  readonly cpuMs: (characters: number) => number
  /** After this long at any document a thread is ended, busy or not. */
  readonly workMs: number
  /** A thread that has nothing to do ends after this. */
  readonly idleMs: number
  /** What the objects of one thread may take together. */
  readonly heapMiB: number
}

/** Who wants a thread, and for how much. */
export interface Load {
  readonly asker: string
  readonly characters: number
}

/** Threads that derive, so that this one stays free for others. */
export interface DocumentThreads {
  /** @throws DocumentError, also for what takes too long; AppError `unavailable` */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>, load: Load): Promise<TaskResult<Name>>
  /** Ends all threads, and the work that is under way. */
  close(): Promise<void>
}

/** Until a new thread works: it loads the renderer, on a busy machine for a second. */
const START_WITHIN_MS = 10_000
/** How often a thread is asked what it has used. */
const LOOK_EVERY_MS = 100
const ENTRY: keyof { answerCall: typeof answerCall } = 'answerCall'

/**
 * Makes the threads, without starting one. The line before the pool is ours: piscina's own does not count tasks that
 * can be aborted, and forgets those that wait when it ends the last thread (5.3.2).
 */
export function createDocumentThreads(limits: ThreadLimits): DocumentThreads {
  const line = createWaitingLine(limits.threads, limits.waitingCharacters)
  let pool: Promise<Piscina<Call, Outcome>> | null = null
  let isClosed = false
  return {
    async run(name, input, { asker, characters }) {
      if (!(await line.enter(asker, characters))) throw tooManyDocuments()
      try {
        if (isClosed) throw noThread()
        pool ??= openPool(limits)
        const outcome = await callThread(await pool, name, input, {
          cpuMs: limits.cpuMs(characters),
          wallMs: limits.workMs,
        })
        if ('issues' in outcome) throw new DocumentError(outcome.issues)
        return outcome.result as never
      } catch (error) {
        throw isClosed ? noThread(error) : error
      } finally {
        line.leave()
      }
    },
    async close() {
      isClosed = true
      await (await pool)?.destroy()
    },
  }
}

async function openPool(limits: ThreadLimits): Promise<Piscina<Call, Outcome>> {
  const { Piscina } = await import('piscina')
  const pool = new Piscina<Call, Outcome>({
    filename: new URL('./thread.ts', import.meta.url).href,
    name: ENTRY,
    minThreads: 0,
    maxThreads: limits.threads,
    idleTimeout: limits.idleMs,
    // Its other ways of waiting stop the thread's event loop, and with it the ports of the calls.
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB },
    recordTiming: false,
    // A thread has no use for the process's secrets, nor for a test runner's loader.
    env: {},
    execArgv: [],
  })
  // A thread that ends while it has nothing to do is no loss; one that can't start is seen by its call.
  pool.on('error', () => {})
  return pool
}

/** How long a thread may work at one document, in ms: of its processor's time, and by the clock. */
interface WorkTime {
  readonly cpuMs: number
  readonly wallMs: number
}

async function callThread(
  pool: Piscina<Call, Outcome>,
  name: TaskName,
  input: TaskInput<TaskName>,
  time: WorkTime,
): Promise<Outcome> {
  const { port1: begins, port2: begun } = new MessageChannel()
  const ending = new AbortController()
  // piscina would let the call wait for ever.
  const cannotStart = (error: Error) => ending.abort(error)
  pool.once('error', cannotStart)
  const starting = setTimeout(() => ending.abort(noThread()), START_WITHIN_MS)
  let stopWatching = () => {}
  begins.once('message', (threadId: number) => {
    pool.off('error', cannotStart)
    clearTimeout(starting)
    const worker = pool.threads.find((thread) => thread.threadId === threadId)
    stopWatching = watchWork(worker, time, (refusal) => ending.abort(refusal))
  })
  try {
    // The types of 5.3.2 want an object here, which its code refuses.
    const transferList = [begun] as never
    return await pool.run({ name, input, begun }, { signal: ending.signal, transferList })
  } catch (error) {
    if (ending.signal.aborted) throw ending.signal.reason
    throw isOutOfMemory(error) ? takesTooMuchMemory() : error
  } finally {
    pool.off('error', cannotStart)
    clearTimeout(starting)
    stopWatching()
    begins.close()
  }
}

/**
 * Looks at a working thread until it is told to stop. What counts is the processor's time: on a busy machine the clock
 * runs on while a thread waits, and a good document would be refused for its neighbours.
 */
function watchWork(
  worker: Worker | undefined,
  { cpuMs, wallMs }: WorkTime,
  refuse: (reason: DocumentError) => void,
): () => void {
  const outOfTime = setTimeout(() => refuse(takesTooLong()), wallMs)
  const usedMs = async () => {
    const { user, system } = (await worker?.cpuUsage()) ?? { user: 0, system: 0 }
    return (user + system) / 1000
  }
  const before = usedMs()
  const look = async () => {
    if ((await usedMs()) - (await before) > cpuMs) refuse(takesTooLong())
  }
  // A thread that has ended can't be asked; its call tells why.
  const looking = setInterval(() => look().catch(() => {}), LOOK_EVERY_MS)
  before.catch(() => {})
  return () => {
    clearTimeout(outOfTime)
    clearInterval(looking)
  }
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
