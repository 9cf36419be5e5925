import { join } from 'node:path'
import { SingleBar } from 'cli-progress'
import { countArticles, rebuildArticles } from '#src/articles/index.ts'
import type { Deps } from '#src/deps.ts'
import { forgetPlace, notePlace, type RebuildPlace, readPlace } from './rebuild-place.ts'

/** How often the place is noted from which an interrupted run goes on. */
const NOTE_EVERY = 100
const BEGINNING: RebuildPlace = { after: '00000000-0000-0000-0000-000000000000', failed: [] }

/** What a run did; `failed` has those of the run that it went on from as well. */
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
  const place = (options.restart ? null : readPlace(file)) ?? BEGINNING
  const [total] = await countArticles(deps.pool, [place.after])
  const bar = new SingleBar({
    ...(options.bar === undefined ? {} : { stream: options.bar }),
    format: 'rebuild [{bar}] {value}/{total} articles, {eta_formatted} to go',
    noTTYOutput: false,
    hideCursor: null,
  })
  bar.start(total?.count ?? 0, 0)
  const failed = [...place.failed]
  let seen = 0
  try {
    for await (const { id, problem } of rebuildArticles(deps, place.after)) {
      seen += 1
      if (problem !== null) failed.push({ id, problem })
      bar.increment()
      if (seen % NOTE_EVERY === 0) notePlace(file, { after: id, failed })
    }
  } finally {
    bar.stop()
  }
  forgetPlace(file)
  return { rebuilt: seen - (failed.length - place.failed.length), failed }
}
