import type { ClientBase } from 'pg'
import { sourceKey } from '#src/citations/save-sources.ts'
import { firstFreeSlug } from '#src/content/free-slug.ts'
import { normalizeName } from '#src/content/names.ts'
import { termSlug } from '#src/content/slug.ts'
import type { TableRows, Value } from './copy-rows.ts'
import { idAt, random } from './random.ts'

/** What articles are filed under, as the database knows it. */
export interface Filed<Id> {
  readonly id: Id
  /** Its number in the listing. */
  readonly term: number
}

type Kind = 'tag' | 'topic' | 'author'
const kinds: readonly Kind[] = ['tag', 'topic', 'author']

/**
 * The tags, topics, authors, sources, domains and locales of a database: those that it has, and those that generated
 * articles are the first to use, which `takeNew` gives to be written.
 */
export class Register {
  readonly #seed: number
  readonly #known = new Map<string, Filed<string>>()
  readonly #slugs = new Map<string, Set<string>>()
  readonly #domains = new Map<string, Filed<number>>()
  readonly #new = new Map<string, Value[][]>()
  #nextTerm = 1
  #nextDomain = 1
  #made = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  /** Reads what there is. */
  async load(client: ClientBase): Promise<void> {
    for (const kind of kinds) {
      const { rows } = await client.query<{ norm: string; id: string; slug: string; term: number }>(
        `SELECT a.norm, t.id, t.slug, t.term_id AS term FROM ${kind}_alias a JOIN ${kind} t ON t.id = a.${kind}_id`,
      )
      for (const { norm, id, slug, term } of rows) {
        this.#known.set(`${kind}/${norm}`, { id, term })
        this.#slugsOf(kind).add(slug)
      }
    }
    const sources = await client.query<{ url: string; id: string; term: number }>(
      'SELECT url, id, term_id AS term FROM source',
    )
    for (const { url, id, term } of sources.rows) this.#known.set(`source/${url}`, { id, term })
    const domains = await client.query<{ domain: string; id: number; term: number }>(
      'SELECT domain, id, term_id AS term FROM source_domain',
    )
    for (const { domain, id, term } of domains.rows) this.#domains.set(domain, { id, term })
    const locales = await client.query<{ tag: string; term: number }>(
      'SELECT tag, term_id AS term FROM locale',
    )
    for (const { tag, term } of locales.rows) this.#known.set(`locale/${tag}`, { id: tag, term })
    this.#nextTerm = await nextOf(client, 'term_id_seq')
    this.#nextDomain = await nextOf(client, 'source_domain_id_seq')
  }

  /** A tag, topic or author by its name; `at`: when it was first used, in milliseconds. */
  term(kind: Kind, name: string, at: number): Filed<string> {
    const norm = normalizeName(name)
    return this.#find(`${kind}/${norm}`, () => {
      const made = this.#make(at)
      const slug = firstFreeSlug(termSlug(name), this.#slugsOf(kind))
      this.#slugsOf(kind).add(slug)
      const position: Value[] = kind === 'topic' ? [this.#slugsOf(kind).size] : []
      this.#add(kind, [made.id, slug, name, new Date(at), made.term, ...position])
      this.#add(`${kind}_alias`, [norm, made.id, name])
      return made
    })
  }

  /** A source by its canonical url. */
  source(url: string, domain: string, at: number): Filed<string> {
    return this.#find(`source/${url}`, () => {
      const made = this.#make(at)
      this.#add('source', [made.id, sourceKey(url), url, this.domain(domain).id, made.term])
      return made
    })
  }

  /** A registrable domain. */
  domain(domain: string): Filed<number> {
    const known = this.#domains.get(domain)
    if (known !== undefined) return known
    const made = { id: this.#nextDomain++, term: this.#nextTerm++ }
    this.#domains.set(domain, made)
    this.#add('source_domain', [made.id, domain, made.term])
    return made
  }

  /** A locale's number. */
  locale(tag: string): number {
    return this.#find(`locale/${tag}`, () => {
      const made = { id: tag, term: this.#nextTerm++ }
      this.#add('locale', [tag, made.term])
      return made
    }).term
  }

  /** What has become known since it was asked last, in an order in which it can be written. */
  takeNew(): TableRows[] {
    const tables = Object.entries(columns).map(([table, names]) => ({
      table,
      columns: names,
      rows: this.#new.get(table) ?? [],
    }))
    this.#new.clear()
    return tables
  }

  /** Lets the database go on numbering where this ends. */
  async saveSequences(client: ClientBase): Promise<void> {
    await client.query(`SELECT setval('term_id_seq', $1, false), setval('source_domain_id_seq', $2, false)`, [
      this.#nextTerm,
      this.#nextDomain,
    ])
  }

  #find(key: string, make: () => Filed<string>): Filed<string> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = make()
    this.#known.set(key, made)
    return made
  }

  #make(at: number): Filed<string> {
    this.#made += 1
    return { id: idAt(at, random(this.#seed, 41, this.#made)), term: this.#nextTerm++ }
  }

  #slugsOf(kind: Kind): Set<string> {
    const slugs = this.#slugs.get(kind) ?? new Set()
    this.#slugs.set(kind, slugs)
    return slugs
  }

  #add(table: string, row: Value[]): void {
    const rows = this.#new.get(table) ?? []
    rows.push(row)
    this.#new.set(table, rows)
  }
}

const termColumns = ['id', 'slug', 'name', 'created_at', 'term_id']
const columns: Record<string, readonly string[]> = {
  tag: termColumns,
  topic: [...termColumns, 'position'],
  author: termColumns,
  tag_alias: ['norm', 'tag_id', 'spelling'],
  topic_alias: ['norm', 'topic_id', 'spelling'],
  author_alias: ['norm', 'author_id', 'spelling'],
  source_domain: ['id', 'domain', 'term_id'],
  source: ['id', 'url_key', 'url', 'domain_id', 'term_id'],
  locale: ['tag', 'term_id'],
}

async function nextOf(client: ClientBase, sequence: string): Promise<number> {
  const { rows } = await client.query<{ next: string }>(
    `SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END AS next FROM ${sequence}`,
  )
  return Number(rows[0]?.next ?? 1)
}
