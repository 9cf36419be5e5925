import { fileURLToPath } from 'node:url'

/** The documents that an empty embedded database begins with. */
export const seedsFolder = fileURLToPath(new URL('../../seeds', import.meta.url))
