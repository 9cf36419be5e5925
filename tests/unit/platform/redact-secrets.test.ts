import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from '#src/platform/log.ts'
import { redactSecrets } from '#src/platform/redact-secrets.ts'

const secret = 'S3cret'.repeat(7)

test.each([
  [`/v1/articles/mh_abcdefgh1234_${secret}`, '/v1/articles/mh_abcdefgh1234_[redacted]'],
  [`/v1/articles?key=mh_abcdefgh1234_${secret}&x=1`, '/v1/articles?key=mh_abcdefgh1234_[redacted]&x=1'],
  [`mh_ab_${secret.slice(0, 6)}`, 'mh_ab_[redacted]'],
  [`postgresql://me:${secret}@db/news`, 'postgresql://me:[redacted]@db/news'],
  [`postgres://me:p:${secret}@db:5432/news?host=x`, 'postgres://me:[redacted]@db:5432/news?host=x'],
  [`Authorization: Bearer ${secret}`, 'Authorization: Bearer [redacted]'],
  [`{"authorization":"basic ${secret}=="}`, '{"authorization":"basic [redacted]"}'],
  ['http://127.0.0.1:3000/docs?at=me@example.org', 'http://127.0.0.1:3000/docs?at=me@example.org'],
  ['an @ and a : and mh_ alone', 'an @ and a : and mh_ alone'],
])('%s', (text, redacted) => {
  expect(redactSecrets(text)).toBe(redacted)
})

test('the log has none, wherever an error or a field quotes it', () => {
  let written = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      written += chunk
      done()
    },
  })
  const log = createLog('info', destination)
  log.info({ url: `/x/mh_abcdefgh1234_${secret}` }, `Bearer ${secret}`)
  log.error({ err: new Error(`can't reach postgresql://me:${secret}@db/news`) }, 'no database')
  expect(written).toContain('mh_abcdefgh1234_[redacted]')
  expect(written).toContain('no database')
  expect(written).not.toContain(secret)
  for (const line of written.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
})
