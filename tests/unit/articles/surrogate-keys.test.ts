import { describe, expect, test } from 'vitest'
import { articleSurrogateKeys, listSurrogateKeys, type SlugsOfNames } from '#src/articles/surrogate-keys.ts'
import { type ArticleFilter, publicArticles } from '#src/listing/index.ts'

const id = '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11'
const idKey = 'a:AZjA3nwefTqbHy9vCjxeEQ'

describe('an article carries', () => {
  test('its own key, its tags’, topics’ and authors’', () => {
    const keys = articleSurrogateKeys({
      id,
      tags: [{ slug: 'ai' }, { slug: '硅谷' }],
      topics: [{ slug: 'city' }],
      authors: [{ slug: 'li-hua' }],
    })
    expect(keys).toEqual([idKey, 't:ai', expect.stringMatching(/^t:~[\w-]{12}$/), 'o:city', 'u:li-hua'])
  })
})

describe('a list carries', () => {
  const keys = (filter: Partial<ArticleFilter>, slugs?: SlugsOfNames) =>
    listSurrogateKeys({ ...publicArticles, ...filter }, slugs)

  test('articles, and list when any article may enter it', () => {
    expect(keys({})).toEqual(['articles', 'list'])
    expect(keys({ excludedTags: ['ai'], publishedAfter: '2025-07-02T00:00:00Z' })).toEqual([
      'articles',
      'list',
    ])
  })

  test('articles and its filters’ keys', () => {
    const filter = {
      tags: [['ai', 'chips'], ['china']],
      topics: [['city']],
      author: 'li-hua',
      locale: 'zh-CN',
    }
    expect(keys(filter)).toEqual(['articles', 't:ai', 't:chips', 't:china', 'o:city', 'u:li-hua', 'l:zh-cn'])
    expect(keys({ ids: [id] })).toEqual(['articles', idKey])
    expect(keys({ sourceDomain: '36kr.com' })).toEqual(['articles', 'd:36kr.com'])
  })

  test('the slugs of what is asked for by name or alias', () => {
    const slugs = new Map([['tag/Künstliche Intelligenz', 'ai']])
    expect(keys({ tags: [['Künstliche Intelligenz']] }, slugs)).toEqual(['articles', 't:ai'])
  })

  test('list, when what it is narrowed by is nobody’s yet', () => {
    expect(keys({ tags: [['nobody']] }, new Map())).toEqual(['articles', 'list', 't:nobody'])
    const slugs = new Map([['tag/ai', 'ai']])
    expect(keys({ tags: [['ai', 'nobody']] }, slugs)).toContain('list')
    expect(keys({ tags: [['ai'], ['nobody']] }, slugs)).not.toContain('list')
  })
})
