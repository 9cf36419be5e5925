import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SingleBar } from 'cli-progress'
import { countArticles, rebuildArticles } from '#src/articles/index.ts'
import type { Deps } from '#src/deps.ts'

/** How often the place is noted from which an interrupted run goes on. */
const NOTE_EVERY = 100
const FIRST = '00000000-0000-0000-0000-000000000000'

/** What a run did. */
export interface RebuildSummary {
  readonly rebuilt: number
  readonly failed: readonly { readonly id: string; readonly problem: string }[]
}

/**
 * Derives all articles again from their documents, with a progress bar on `bar`. A run that was broken off leaves its
 * place in the data folder, and the next one goes on from there, unless `restart` is set.
 */
export async function rebuild(
  deps: Deps,
  options: { restart?: boolean; bar?: NodeJS.WritableStream } = {},
): Promise<RebuildSummary> {
  const file = join(deps.config.dataDir, 'rebuild-place')
  const after = options.restart || !existsSync(file) ? FIRST : readFileSync(file, 'utf8').trim()
  const [total] = await countArticles(deps.pool, [after])
  const bar = new SingleBar({
    ...(options.bar === undefined ? {} : { stream: options.bar }),
    format: 'rebuild [{bar}] {value}/{total} articles, {eta_formatted} to go',
    noTTYOutput: false,
    hideCursor: null,
  })
  bar.start(total?.count ?? 0, 0)
  const failed: { id: string; problem: string }[] = []
  let rebuilt = 0
  try {
    for await (const { id, problem } of rebuildArticles(deps, after)) {
      if (problem === null) rebuilt += 1
      else failed.push({ id, problem })
      bar.increment()
      if ((rebuilt + failed.length) % NOTE_EVERY === 0) writeFileSync(file, id)
    }
  } finally {
    bar.stop()
  }
  rmSync(file, { force: true })
  return { rebuilt, failed }
}
