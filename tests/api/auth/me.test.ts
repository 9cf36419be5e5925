import { expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

test('without a key: nobody, who may nothing beyond reading', async () => {
  const response = await api.reader.get('/v1/me').expect(200)
  expect(response.body).toEqual({ key: null, permissions: [] })
})

test('with one: whose it is, and what it may do', async () => {
  const { id, requests } = await api.withKey('author', { name: 'Li Na' })
  expect((await requests.get('/v1/me').expect(200)).body).toEqual({
    key: { id, name: 'Li Na', role: 'author' },
    permissions: ['article.readUnpublished', 'taxonomy.readUnused', 'article.create', 'article.editOwn'],
  })
})

test('no cache keeps it, whoever asks', async () => {
  const reader = await api.withKey('reader')
  for (const requests of [api.reader, reader.requests, api.admin]) {
    const { headers } = await requests.get('/v1/me').expect(200)
    expect(headers['cache-control']).toBe('private, no-store')
    expect(headers).not.toHaveProperty('cdn-cache-control')
    expect(headers).not.toHaveProperty('surrogate-control')
  }
})
