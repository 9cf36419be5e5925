import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/**
 * Surrogate keys: what a purge at a CDN can name answers by. Short ASCII, separated by blanks in `Surrogate-Key`.
 *
 * | key | is on |
 * | --- | --- |
 * | `articles` | every list of articles |
 * | `list` | those that any article may enter: they have no filter that a key stands for |
 * | `a:<id>` | one article; the id's 16 bytes in base64url |
 * | `t:<slug>`, `o:<slug>`, `u:<slug>` | what has a tag, a topic, an author, or is filtered by one |
 * | `s:<id>`, `d:<domain>`, `l:<locale>` | lists by a source, its domain, a locale |
 * | `t`, `o`, `u`, `a`, `s`, `d` | what has more of that kind than the header may hold |
 *
 * So a change of an article is purged by `a:<id>`, `list` and the keys of what it had before and has after, each with
 * its letter alone: `a:AZjA3nweejKbHy9vCjxeEQ a list t:ai t o:city o`. Purging `articles` empties every list.
 */
const PREFIXES = {
  article: 'a',
  tag: 't',
  topic: 'o',
  author: 'u',
  source: 's',
  domain: 'd',
  locale: 'l',
} as const

/** What a key can stand for. */
export type KeyKind = keyof typeof PREFIXES

/** On every list of articles. */
export const ARTICLES_KEY = 'articles'
/** On the lists that any article may enter. */
export const ANY_LIST_KEY = 'list'

/** A name that stands in a key as it is: other scripts, and what is long, by its hash behind a `~`. */
const PLAIN_NAME = /^[a-z0-9][a-z0-9.-]{0,31}$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The key of one thing: by its id when it is an article or a source, else by its slug, domain or language tag. */
export const surrogateKey = (kind: KeyKind, name: string): string => `${PREFIXES[kind]}:${shortName(name)}`

/** Answers name the same few thousand tags and topics again and again. */
const shortNames = new LRUCache<string, string>({ max: 10_000 })

function shortName(given: string): string {
  const known = shortNames.get(given)
  if (known !== undefined) return known
  const short = shortened(given)
  if (given.length <= LONGEST_KEPT) shortNames.set(given, short)
  return short
}
/** A name that somebody asks for may have any length. */
const LONGEST_KEPT = 200

function shortened(given: string): string {
  const name = given.normalize('NFC').toLowerCase()
  if (UUID.test(name)) return Buffer.from(name.replaceAll('-', ''), 'hex').toString('base64url')
  return PLAIN_NAME.test(name) ? name : `~${hash('sha256', name, 'base64url').slice(0, 12)}`
}

/** What the header may hold, in bytes. CDNs take 16 KB, but proxies on the way have small buffers for all headers. */
const MAX_BYTES = 2_048

/**
 * The `Surrogate-Key` of an answer. When the keys are too many, those of the kind that takes most room give way to
 * its letter alone, until they fit: a purge then reaches too much rather than too little.
 */
export function surrogateKeyHeader(keys: readonly string[]): string {
  let fitting = [...new Set(keys)]
  while (fitting.join(' ').length > MAX_BYTES) {
    const byKind = Object.groupBy(fitting, (key) => key.split(':', 1)[0] ?? key)
    const [widest] = Object.entries(byKind)
      .map(([letter, some = []]) => ({ letter, room: some.join(' ').length }))
      .sort((one, other) => other.room - one.room)
    if (widest === undefined) break
    fitting = [...new Set(fitting.map((key) => (key.startsWith(`${widest.letter}:`) ? widest.letter : key)))]
  }
  return fitting.join(' ')
}
