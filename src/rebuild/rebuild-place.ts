import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const Place = z.object({
  after: z.uuid(),
  failed: z.array(z.object({ id: z.string(), problem: z.string() })),
})

/** How far a rebuild has come: the last article it has seen, and those that it could not derive. */
export type RebuildPlace = z.infer<typeof Place>

/** Where a run that was broken off has come to; null without one, and for a file that is none of ours. */
export function readPlace(file: string): RebuildPlace | null {
  try {
    return Place.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

/** Notes a place: whole or not at all, also where the power goes meanwhile. */
export function notePlace(file: string, place: RebuildPlace): void {
  // With a database of one's own nothing else may have made the folder.
  mkdirSync(dirname(file), { recursive: true })
  const next = `${file}.next`
  writeFileSync(next, JSON.stringify(place), { flush: true })
  renameSync(next, file)
}

/** Forgets the place: the run is at its end. */
export function forgetPlace(file: string): void {
  rmSync(file, { force: true })
}
