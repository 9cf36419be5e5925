import { createHash, randomInt } from 'node:crypto'
import { API_KEY_PATTERN } from '#src/platform/config.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A key in its two parts: `mh_<id>_<secret>`. */
export interface KeyParts {
  readonly id: string
  readonly secret: string
}

/** `length` random letters and digits, each equally likely. */
function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A new secret: 43 letters and digits are 256 bits. */
export const newSecret = (): string => randomText(43)

/** A new key, with an id of its own. */
export const newKey = (): KeyParts => ({ id: randomText(12), secret: newSecret() })

/** A key as its owner sends it. */
export const keyText = ({ id, secret }: KeyParts): string => `mh_${id}_${secret}`

/** Id and secret of `mh_<id>_<secret>`; null when it does not have that form. */
export function splitKey(key: string): KeyParts | null {
  const [, id, secret] = API_KEY_PATTERN.exec(key) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

/** What is stored of a secret: 256 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
