import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeyKind, surrogateKey, surrogateKeyHeader } from '#src/platform/http/surrogate-keys.ts'

const id = '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11'
const idKey = 'a:AZjA3nwefTqbHy9vCjxeEQ'

describe('a key', () => {
  test('of an article is its id in base64url', () => {
    expect(surrogateKey('article', id)).toBe(idKey)
    expect(surrogateKey('article', id.toUpperCase())).toBe(idKey)
  })

  test('of a term is its slug where that is short and plain', () => {
    expect(surrogateKey('tag', 'open-source')).toBe('t:open-source')
    expect(surrogateKey('domain', 'news.example.org')).toBe('d:news.example.org')
  })

  test('is short ASCII without blanks, whatever the name, and the same for the same name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const key = surrogateKey('topic', name)
        expect(key).toMatch(/^o:[\x21-\x7e]{1,32}$/)
        expect(surrogateKey('topic', name.normalize('NFD'))).toBe(
          surrogateKey('topic', name.normalize('NFC')),
        )
      }),
    )
    expect(surrogateKey('tag', '硅谷')).not.toBe(surrogateKey('tag', '矽谷'))
  })
})

describe('the header', () => {
  test('names each key once', () => {
    expect(surrogateKeyHeader(['articles', 't:a', 't:a'])).toBe('articles t:a')
  })

  test('gives up the keys of the kind that takes most room', () => {
    const tags = Array.from({ length: 100 }, (_, n) => `t:a-rather-long-tag-number-${n}`)
    expect(surrogateKeyHeader([idKey, ...tags, 'o:city'])).toBe(`${idKey} t o:city`)
  })

  test('has at most 2 KB, and still covers every key', () => {
    const kinds: KeyKind[] = ['article', 'tag', 'topic', 'author', 'source']
    const key = fc
      .tuple(fc.constantFrom(...kinds), fc.string({ minLength: 1, maxLength: 40 }))
      .map(([kind, name]) => surrogateKey(kind, name))
    fc.assert(
      fc.property(fc.array(key, { maxLength: 400 }), (keys) => {
        const header = surrogateKeyHeader(keys)
        expect(header.length).toBeLessThanOrEqual(2_048)
        const present = header.split(' ')
        for (const one of keys) expect(present.includes(one) || present.includes(one.charAt(0))).toBe(true)
      }),
    )
  })
})
