import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

/** A sequence that is the same each time it is made (mulberry32): which of the writers' moves comes next. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const day = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString()

async function story(tag: string, title: string, n: number): Promise<string> {
  const { id } = await api.create({
    title,
    status: 'published',
    publishedAt: day(n),
    tags: [tag],
    body: 'Text.',
  })
  return id
}

async function walk(path: string, to: 'next' | 'prev', cursor: string | null = null): Promise<string[]> {
  const ids: string[] = []
  for (let next = cursor; ; ) {
    const at: string = next === null ? path : `${path}&cursor=${next}`
    const { body } = await api.reader.get(at).expect(200)
    const page: string[] = body.data.map(({ id }: { id: string }) => id)
    ids.push(...(to === 'next' ? page : page.toReversed()))
    next = body.page[to]
    if (next === null) return ids
  }
}

describe('a walk through a list while others write, publish and delete', () => {
  test.each([
    ['-publishedAt', 1],
    ['publishedAt', 2],
    ['title', 3],
    ['-createdAt', 4],
  ])('sorted by %s, gives each article that stays exactly once', async (sort, seed) => {
    const tag = `walk${seed}`
    const random = sequence(seed)
    const stable: string[] = []
    for (let n = 0; n < 25; n += 1) stable.push(await story(tag, `Stable ${n}`, n % 10))
    const passing: string[] = []
    for (let n = 0; n < 15; n += 1) passing.push(await story(tag, `Passing ${n}`, n % 10))
    let isWalking = true
    const writer = async (name: string) => {
      for (let n = 0; isWalking; n += 1) {
        const move = random()
        const id = passing[Math.floor(random() * passing.length)] ?? ''
        if (move < 0.3) passing.push(await story(tag, `New ${name} ${n}`, Math.floor(random() * 10)))
        else if (move < 0.5) await api.admin.delete(`/v1/articles/${id}`)
        else if (move < 0.65) await api.admin.post(`/v1/articles/${id}/unpublish`)
        else if (move < 0.8) await api.admin.post(`/v1/articles/${id}/publish`)
        else
          await api.admin.patch(`/v1/articles/${stable[n % stable.length]}`).send({ summary: `${name} ${n}` })
      }
    }
    const writers = ['a', 'b', 'c'].map(writer)
    try {
      for (const limit of [3, 7]) {
        const path = `/v1/articles?tag=${tag}&sort=${sort}&limit=${limit}&fields=id`
        const seen = await walk(path, 'next')
        expect(new Set(seen).size).toBe(seen.length)
        expect(seen.filter((id) => stable.includes(id)).toSorted()).toEqual(stable.toSorted())
        const { body } = await api.reader.get(`${path.replace(`limit=${limit}`, 'limit=100')}`).expect(200)
        expect(body.page.next).toBeNull()
      }
    } finally {
      isWalking = false
      await Promise.all(writers)
    }
  })

  test('there and back is the same list', async () => {
    for (let n = 0; n < 12; n += 1) await story('quiet', `Quiet ${n}`, n % 3)
    for (const sort of ['-publishedAt', 'publishedAt', 'title', '-title', '-updatedAt', 'createdAt']) {
      const path = `/v1/articles?tag=quiet&sort=${sort}&limit=5&fields=id`
      const there = await walk(path, 'next')
      expect(there).toHaveLength(12)
      const first = await api.reader.get(path).expect(200)
      const second = await api.reader.get(`${path}&cursor=${first.body.page.next}`).expect(200)
      const back = await walk(path, 'prev', second.body.page.prev)
      expect(back.toReversed()).toEqual(there.slice(0, 5))
    }
  })
})
