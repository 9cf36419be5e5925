import fc from 'fast-check'
import { fragments } from '#tests/security/fragments.ts'
import { hostileJson, hostileText } from './hostile.ts'
import type { Schema } from './openapi-document.ts'
import type { World } from './world.ts'

/** The bytes of a body; a long one is written short, so that failures can be read. */
export type Body =
  | { readonly text: string; readonly times?: number }
  | { readonly hex: string }
  | { readonly utf16: string }

/** The bytes themselves. */
export function bytesOf(body: Body): Buffer {
  if ('hex' in body) return Buffer.from(body.hex, 'hex')
  return 'utf16' in body
    ? Buffer.from(`\ufeff${body.utf16}`, 'utf16le')
    : Buffer.from(body.text.repeat(body.times ?? 1))
}

/** What the members of a body are called, and where their values are taken from in the world. */
const MEMBERS: Readonly<Record<string, keyof World>> = {
  slug: 'slugs',
  tags: 'tags',
  topics: 'topics',
  authors: 'authors',
  into: 'terms',
  name: 'terms',
  aliases: 'terms',
  from: 'paths',
  to: 'paths',
  locale: 'locales',
  locales: 'locales',
}

/** Draws from a list of the world at the time of drawing. */
export const drawn = (world: World, pool: keyof World): fc.Arbitrary<string> =>
  fc.nat({ max: 999 }).map((place) => world[pool][place % world[pool].length] ?? '')

const text = (min: number, max: number) =>
  fc.oneof(
    fc.string({ minLength: min, maxLength: Math.min(Math.max(min, 12), max) }),
    fc.string({ unit: 'grapheme', minLength: min, maxLength: Math.min(Math.max(min, 24), max) }),
  )

const instant = fc
  .tuple(
    fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    fc.constantFrom('Z', '+08:00', '-03:30'),
  )
  .map(([date, offset]) => date.toISOString().replace('Z', offset))

/** fast-check makes no text for a pattern that looks ahead: such text is chosen among that for the rest of it. */
function matching(pattern: string): fc.Arbitrary<string> {
  const whole = new RegExp(pattern)
  return fc
    .stringMatching(new RegExp(pattern.replaceAll(/\(\?[=!][^)]*\)/g, '')))
    .filter((made) => whole.test(made))
}

/** Makes values that a schema lets through, as far as a schema can say it. */
export function valuesOf(
  schemas: Readonly<Record<string, Schema>>,
  world: World,
): (schema: Schema, name?: string) => fc.Arbitrary<unknown> {
  function right(schema: Schema, name = '', depth = 0): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined)
      return right(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, name, depth)
    const options = schema.anyOf ?? schema.oneOf
    if (options !== undefined) return fc.oneof(...options.map((option) => right(option, name, depth)))
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    switch (schema.type) {
      case 'string':
        return stringOf(schema, name)
      case 'integer':
      case 'number':
        return fc.integer({
          min: schema.minimum ?? -1_000,
          max: Math.min(schema.maximum ?? 1_000, 1_000_000),
        })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return fc.array(right(schema.items ?? {}, name, depth + 1), {
          minLength: schema.minItems ?? 0,
          maxLength: depth > 2 ? 1 : 3,
        })
      case 'object':
        return objectOf(schema, depth)
      default:
        return fc.jsonValue({ maxDepth: 2 })
    }
  }

  function stringOf({ format, pattern, minLength = 0, maxLength = 1_000 }: Schema, name: string) {
    if (format === 'date-time') return instant
    if (format === 'uuid') return fc.oneof(drawn(world, 'articleIds'), fc.uuid())
    if (pattern !== undefined) return matching(pattern)
    if (name === 'body') return markdownBody
    const pool = MEMBERS[name]
    const own = text(minLength, maxLength)
    return pool === undefined ? own : fc.oneof(drawn(world, pool), own)
  }

  function objectOf({ properties = {}, required = [], additionalProperties }: Schema, depth: number) {
    const writable = Object.entries(properties).filter(([, { readOnly }]) => readOnly !== true)
    const member = (entries: typeof writable) =>
      Object.fromEntries(entries.map(([key, schema]) => [key, right(schema, key, depth + 1)]))
    const needed = fc.record(member(writable.filter(([key]) => required.includes(key))))
    const others = writable.filter(([key]) => !required.includes(key))
    const some =
      others.length === 0
        ? fc.constant({})
        : fc
            .subarray(others, { maxLength: Math.min(others.length, depth > 1 ? 2 : 5) })
            .chain((chosen) => fc.record(member(chosen)))
    const free =
      typeof additionalProperties === 'object'
        ? fc.dictionary(fc.string({ maxLength: 8 }), right(additionalProperties, '', depth + 1), {
            maxKeys: 2,
          })
        : fc.constant({})
    return fc.tuple(free, some, needed).map((parts) => Object.assign({}, ...parts))
  }

  return (schema, name) => right(schema, name)
}

/** Stands for a piece of JSON until the whole is written. */
const PLACEHOLDER = '\u{10fffd}piece'

interface Mutation {
  readonly place: number
  readonly change: 'replace' | 'remove' | 'add'
  readonly key: string
  readonly piece: string
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat({ max: 200 }),
  change: fc.constantFrom('replace', 'replace', 'remove', 'add'),
  key: fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'id',
      'revision',
      'createdAt',
      'titel',
      '',
      'status',
      'html',
      'key',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
  piece: hostileJson,
})

type Container = Record<string, unknown> | unknown[]

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/** Every place of a value at which something can be changed. */
const placesIn = (value: unknown): { container: Container; key: string }[] =>
  isContainer(value)
    ? Object.entries(value).flatMap(([key, inner]) => [{ container: value, key }, ...placesIn(inner)])
    : []

/** The JSON of a value after changes, which may make it invalid, or no JSON at all. */
function mutated(value: unknown, mutations: readonly Mutation[]): string {
  const root = { value: structuredClone(value) }
  mutations.forEach(({ place, change, key, piece: _piece }, index) => {
    const places = placesIn(root)
    const { container, key: at } = places[place % places.length] ?? { container: root, key: 'value' }
    const inner = Reflect.get(container, at)
    if (change === 'remove' && container !== root) Reflect.deleteProperty(container, at)
    else if (change === 'add' && isContainer(inner) && !Array.isArray(inner))
      Object.defineProperty(inner, key, {
        value: `${PLACEHOLDER}${index}`,
        enumerable: true,
        configurable: true,
      })
    else Reflect.set(container, at, `${PLACEHOLDER}${index}`)
  })
  return mutations.reduce(
    (json, { piece }, index) => json.replace(`"${PLACEHOLDER}${index}"`, () => piece),
    JSON.stringify(root.value) ?? 'null',
  )
}

/** Bodies for a JSON type: right, nearly right, and wrong. */
export const jsonBodies = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Body> =>
  fc.oneof(
    { weight: 10, arbitrary: value.map((right) => ({ text: JSON.stringify(right) ?? 'null' })) },
    {
      weight: 7,
      arbitrary: fc
        .tuple(value, fc.array(mutation, { minLength: 1, maxLength: 3 }))
        .map(([right, mutations]) => ({ text: mutated(right, mutations) })),
    },
    { weight: 1, arbitrary: hostileJson.map((json) => ({ text: json })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(value, fc.nat({ max: 40 }))
        .map(([right, cut]) => ({ text: JSON.stringify(right).slice(0, -1 - cut) })),
    },
    {
      weight: 1,
      arbitrary: fc.oneof(
        value.map((right) => ({ utf16: JSON.stringify(right) })),
        notUtf8,
      ),
    },
  )

const notUtf8: fc.Arbitrary<Body> = fc.oneof(
  fc.constantFrom({ hex: '7b2274223a22e9227d' }, { hex: 'ff' }, { hex: 'efbbbf7b7d' }, { hex: '1f8b08' }),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ hex: Buffer.from(bytes).toString('hex') })),
)

const note = fc
  .tuple(
    fc.constantFrom('1', 'a', '注', '__proto__', 'x'.repeat(300)),
    fc.constantFrom(
      '[题目](https://example.org/a?utm_source=x)（2025/7/2）',
      '36氪.[题](https://36kr.com/p/1)，检索日期2025/7/2',
      'Doe, J. (2020). [A](http://a.example). *B*.',
      '[x](javascript:alert(1))',
      '<https://a.example/\0>',
      '',
    ),
  )
  .map(([label, content]) => `text[^${label}]\n\n[^${label}]: ${content}\n\n`)

const markdownBody: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...fragments) },
      { weight: 2, arbitrary: note },
      { weight: 2, arbitrary: hostileText },
      { weight: 1, arbitrary: fc.lorem({ maxCount: 20 }) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom('> ', '- ', '[', '*', '`', '<b>', '|a', '# '),
            fc.integer({ min: 1, max: 300 }),
          )
          .map(([piece, times]) => piece.repeat(times)),
      },
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''))

const frontMatterLines = (world: World): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom('title', 'slug', 'summary', 'locale', 'x', 'canonicalUrl'), text(1, 30))
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
    fc
      .tuple(fc.constantFrom('tags', 'topics', 'authors'), drawn(world, 'terms'))
      .map(([key, value]) => `${key}: [${JSON.stringify(value)}]`),
    drawn(world, 'slugs').map((slug) => `slug: ${slug}`),
    instant.map((date) => `date: ${date}`),
    fc.constantFrom(
      'draft: true',
      'draft: false',
      'draft: maybe',
      'status: published',
      'expiryDate: 2015-02-30',
      'aliases: [/old/path, "\\0"]',
      'citations:\n  - label: a\n    title: T\n    url: https://a.example/',
      'tags: &a [x, *a]',
      '__proto__: {isAdmin: true}',
      '? {a: b}\n: c',
      '\ttitle: x',
      'title: [a',
      'title: *nowhere',
      'a: !!js/function "function(){}"',
      'title: "\\ud800"',
      '# a comment',
      'weight: 1e400',
    ),
    fc
      .tuple(fc.constantFrom('title', 'date', 'tags', 'meta', 'image'), hostileText)
      .map(([key, value]) => `${key}: ${value}`),
  )

/** Markdown documents: as they are written, with front matter that is not, and with what is no text at all. */
export function documentBodies(world: World): fc.Arbitrary<Body> {
  const title = text(1, 30).map((written) => `title: ${JSON.stringify(written)}`)
  const fences = fc.constantFrom(
    ['---', '---'],
    ['---', '---'],
    ['---', '---'],
    ['---', '...'],
    ['+++', '+++'],
    ['---js', '---'],
  )
  const document = fc
    .tuple(fences, title, fc.array(frontMatterLines(world), { maxLength: 3 }), markdownBody)
    .map(
      ([[open, close], first, lines, body]) => `${open}\n${[first, ...lines].join('\n')}\n${close}\n${body}`,
    )
  const plain = fc.tuple(title, markdownBody).map(([first, body]) => `---\n${first}\n---\n${body}`)
  return fc.oneof(
    { weight: 4, arbitrary: plain.map((written) => ({ text: written })) },
    { weight: 6, arbitrary: document.map((written) => ({ text: written })) },
    { weight: 2, arbitrary: markdownBody.map((written) => ({ text: `# A\n\n${written}` })) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        document.map((written) => ({ utf16: written })),
        notUtf8,
      ),
    },
    { weight: 1, arbitrary: document.map((written) => ({ text: written.replaceAll('\n', '\r\n') })) },
  )
}

/** Bodies that are too much of something. */
export const largeBodies: fc.Arbitrary<Body> = fc.constantFrom(
  { text: ' ', times: 5 * 1024 * 1024 + 1 },
  { text: '["', times: 100_000 },
  { text: `{"title":"${'字'.repeat(400)}"}`, times: 1 },
  { text: '# A\n\n[^1]: x\n\n', times: 2_000 },
  { text: '- a\n  ', times: 2_000 },
)
