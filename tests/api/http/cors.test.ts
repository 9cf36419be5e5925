import { expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ corsOrigins: ['https://a.example', 'https://b.example'] })

test('where CORS is a list, Vary names Origin beside the rest', async () => {
  const { headers } = await api.reader.get('/v1/articles').set('origin', 'https://a.example').expect(200)
  expect(headers['access-control-allow-origin']).toBe('https://a.example')
  const vary = (headers.vary ?? '').split(/,\s*/)
  expect(vary).toEqual(expect.arrayContaining(['Accept', 'Accept-Encoding', 'Authorization', 'Origin']))
})

test('another origin is not allowed', async () => {
  const { headers } = await api.reader.get('/v1/articles').set('origin', 'https://evil.example').expect(200)
  expect(headers).not.toHaveProperty('access-control-allow-origin')
})
