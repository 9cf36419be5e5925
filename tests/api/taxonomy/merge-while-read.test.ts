import { expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

test('a list by a name that is merged meanwhile never lacks an article', async () => {
  const name = 'Wanders'
  await api.create({ title: 'Always there', status: 'published', tags: [name, 'Stays'], body: 'Text.' })
  let isMerging = true
  let reads = 0
  const reader = async () => {
    while (isMerging) {
      const { body } = await api.reader.get(`/v1/articles?tag=${name}&total=true`).expect(200)
      expect(body.data).toHaveLength(1)
      expect(body.page.total).toBe(1)
      reads += 1
    }
  }
  const readers = [reader(), reader(), reader()]
  try {
    let slug = 'wanders'
    for (let n = 0; n < 30; n += 1) {
      await api.admin
        .post('/v1/tags')
        .send({ name: `Next ${n}` })
        .expect(201)
      await api.admin
        .post(`/v1/tags/${slug}/merge`)
        .send({ into: `next-${n}` })
        .expect(200)
      slug = `next-${n}`
    }
  } finally {
    isMerging = false
    await Promise.all(readers)
  }
  expect(reads).toBeGreaterThan(10)
})
