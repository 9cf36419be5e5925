import fc from 'fast-check'
import { stringify } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '#src/content/document.ts'
import { type ComposeInput, composeDocument } from '#src/content/front-matter/compose.ts'
import { type FrontMatter, readFrontMatter } from '#src/content/front-matter/front-matter.ts'
import { type DocumentPatch, patchDocument } from '#src/content/patch/patch-document.ts'
import { mergePatch } from '#src/content/patch/patch-merge.ts'
import { articleFields } from '../article-arbitraries.ts'
import { fieldOf, metaPatch, patch, yamlDocument, yamlDocumentWithAliases } from './patch-documents.ts'

const options = { timeZone: 'Asia/Shanghai' }

const read = (text: string): Omit<FrontMatter, 'findings'> & { body: string } => {
  const document = parseDocument(text)
  const { findings: _, ...fields } = readFrontMatter(document, options)
  return { ...fields, body: document.body }
}

const patched = (text: string, change: DocumentPatch) => patchDocument(parseDocument(text), change, options)

/** What the fields of a patch are read as: no text and no list is none. */
const asRead = (change: object) =>
  Object.fromEntries(
    Object.entries(change).map(([field, value]) => [
      field,
      value === null && ['tags', 'topics', 'authors', 'citations'].includes(field) ? [] : value,
    ]),
  )

// Of generated documents nothing smaller is found in minutes: the first that fails is shown.
/** A thousand documents take their time on a busy machine. */
const lawMs = 180_000
const runs = (numRuns: number) => ({ numRuns, endOnFailure: true })

describe('patching YAML', () => {
  test(
    'gives the patched values, and leaves all other values and lines as they were',
    () => {
      fc.assert(
        fc.property(yamlDocument, patch, ({ text, chunks }, change) => {
          const result = patched(text, change)
          expect(read(result.text)).toEqual({ ...read(text), ...asRead(change) })
          expect(result.findings).toEqual([])
          const untouched = chunks.filter(({ key }) => !Object.hasOwn(change, fieldOf(key) ?? ''))
          expectInOrder(
            result.text,
            untouched.map(({ lines }) => lines),
          )
        }),
        runs(1_000),
      )
    },
    lawMs,
  )

  test(
    'merges meta and leaves all other values and lines as they were',
    () => {
      const documentAndMeta = yamlDocument.chain((document) =>
        fc.tuple(fc.constant(document), metaPatch(read(document.text).meta)),
      )
      fc.assert(
        fc.property(documentAndMeta, ([{ text, chunks }, meta]) => {
          const result = patched(text, { meta })
          const before = read(text)
          expect(read(result.text)).toEqual({ ...before, meta: mergePatch(before.meta, meta) })
          expect(result.findings).toEqual([])
          const fields = chunks.filter(({ key }) => fieldOf(key) !== null)
          expectInOrder(
            result.text,
            fields.map(({ lines }) => lines),
          )
        }),
        runs(1_000),
      )
    },
    lawMs,
  )

  test(
    'keeps what aliases stand for, whatever becomes of their anchors',
    () => {
      fc.assert(
        fc.property(yamlDocumentWithAliases, patch, ({ text }, change) => {
          const result = patched(text, change)
          expect(read(result.text)).toEqual({ ...read(text), ...asRead(change) })
          expect(result.findings).toEqual([])
        }),
        runs(1_000),
      )
    },
    lawMs,
  )

  test(
    'what is read, sent back, changes no byte',
    () => {
      fc.assert(
        fc.property(yamlDocumentWithAliases, ({ text }) => {
          const { aliases: _, ...fields } = read(text)
          expect(patched(text, fields).text).toBe(text)
        }),
        runs(1_000),
      )
    },
    lawMs,
  )

  test(
    'a patch that is undone leaves the values as they were',
    () => {
      fc.assert(
        fc.property(yamlDocument, patch, ({ text }, change) => {
          const before = read(text)
          const undo = Object.fromEntries(
            Object.entries(before).filter(([field]) => Object.hasOwn(change, field)),
          )
          expect(read(patched(patched(text, change).text, undo).text)).toEqual(before)
        }),
        runs(1_000),
      )
    },
    lawMs,
  )
})

describe('patching JSON', () => {
  const jsonDocument = fc
    .tuple(
      articleFields,
      fc.constantFrom(undefined, 2, '\t'),
      fc.constantFrom(['', ''], ['---json\n', '\n---'], [';;;\n', '\n;;;']),
    )
    .map(([fields, indent, [open, close]]) => {
      const { data } = parseDocument(composeDocument(fields as ComposeInput))
      return `${open}${JSON.stringify(data, null, indent)}${close}\nBody.\n`
    })
    .filter((text) => parseDocument(text).format === 'json')

  test(
    'gives the patched values and leaves all others as they were, in place',
    () => {
      fc.assert(
        fc.property(jsonDocument, patch, (text, change) => {
          const result = patched(text, change)
          expect(read(result.text)).toEqual({ ...read(text), ...asRead(change) })
          expect(result.findings).toEqual([])
        }),
        runs(1_000),
      )
    },
    lawMs,
  )
})

describe('patching TOML', () => {
  const tomlDocument = articleFields.map(({ meta: _, citations: __, ...fields }) => {
    const { data } = parseDocument(composeDocument(fields as ComposeInput))
    return `+++\n${stringify({ ...data, count: 3n, ratio: 1.5, nested: { a: ['x'], b: { c: true } } })}+++\n\nBody.\n`
  })

  test(
    'gives the patched values and leaves all others as they were',
    () => {
      fc.assert(
        fc.property(tomlDocument, patch, (text, change) => {
          const result = patched(text, change)
          expect(read(result.text)).toEqual({ ...read(text), ...asRead(change) })
          expect(result.findings).toEqual([])
        }),
        runs(1_000),
      )
    },
    lawMs,
  )
})

function expectInOrder(text: string, parts: readonly string[]): void {
  let at = 0
  for (const part of parts) {
    const found = text.indexOf(part, at)
    expect(found, `${JSON.stringify(part)} in ${JSON.stringify(text)}`).toBeGreaterThanOrEqual(at)
    at = found + part.length
  }
}
