import { describe, expect, test } from 'vitest'
import { withUniqueKeys } from '#src/content/export/citation-key.ts'
import { itemOfCitation } from '#src/content/export/index.ts'
import { aCitation, seedCitations } from '#tests/support/csl/works.ts'

const keyOf = (...given: Parameters<typeof aCitation>) => itemOfCitation(aCitation(...given)).id

describe('a key names who, when, and the note', () => {
  test('a person by family name', () => {
    expect(keyOf({ label: 'rot', authors: ['Klein, M.'], publishedOn: '2014-12' })).toBe('klein2014-rot')
  })

  test('a site by its domain’s name', () => {
    const url = 'https://finance.sina.com.cn/stock/doc.shtml'
    expect(keyOf({ label: '1', authors: ['新智元'], url, publishedOn: '2025-07-02' })).toBe('sina2025-1')
  })

  test('not by a resolver of DOIs, which names nobody', () => {
    const cited = {
      url: 'https://doi.org/10.2307/2310304',
      containerTitle: 'The Monthly',
      publishedOn: '1958',
    }
    expect(keyOf({ ...cited, label: 'goertzel' })).toBe('themonthly1958-goertzel')
  })

  test('Chinese in pinyin, other accents dropped', () => {
    expect(keyOf({ label: '日报', publisher: '临澜日报', publishedOn: '2025' })).toBe(
      'linlanribao2025-ri-bao',
    )
    expect(keyOf({ label: 'é', authors: ['Baldé, C. P.'] })).toBe('balde-e')
  })

  test('always letters, digits and hyphens, a letter first', () => {
    expect(keyOf({ label: '٣ {x}, %' })).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(keyOf({ label: '注', url: 'https://36kr.com/p/1' })).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(keyOf({ label: '~' })).toBe('ref')
  })
})

describe('keys of several articles', () => {
  test('one label in two articles gives two keys, whatever else is exported', () => {
    const citation = aCitation({ url: 'https://sina.com.cn/1' })
    const first = itemOfCitation(citation, '0197c0de-0000-7000-8000-1234abcd5678').id
    const second = itemOfCitation(citation, '0197c0de-0000-7000-8000-1234abcd5679').id
    expect(first).toBe('sina-1-abcd5678')
    expect(second).toBe('sina-1-abcd5679')
  })

  test('an article’s own citations keep theirs from one export to the next', () => {
    const keys = () => seedCitations().map((citation) => itemOfCitation(citation).id)
    expect(keys()).toEqual(keys())
  })
})

describe('keys of a list', () => {
  const unique = (...ids: string[]) => withUniqueKeys(ids.map((id) => ({ id }))).map(({ id }) => id)

  test('the second of two gets a number', () => {
    expect(unique('a', 'b', 'a', 'a')).toEqual(['a', 'b', 'a-2', 'a-3'])
  })

  test('nobody gets a key that another has of its own', () => {
    expect(unique('a', 'a', 'a-2', 'a-2')).toEqual(['a', 'a-3', 'a-2', 'a-2-2'])
  })
})
