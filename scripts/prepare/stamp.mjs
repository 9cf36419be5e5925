import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

// Contents, not times: a checkout or a copy gives every file a new one.

/** A digest of texts and files' bytes, in their order. */
export function digest(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}\n`).update(part)
  return hash.digest('hex')
}

/** Whether the stamp `file` says `value`. */
export function hasStamp(file, value) {
  try {
    return readFileSync(file, 'utf8').trim() === value
  } catch {
    return false
  }
}

/** Writes the stamp, when all it stands for is done. */
export const writeStamp = (file, value) => writeFileSync(file, `${value}\n`)
