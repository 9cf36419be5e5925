import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#src/platform/http/app.ts'
import { problemCodes } from '#src/platform/http/problem-codes.ts'
import { smallApp } from './small-app.ts'

let app: App

beforeAll(async () => {
  app = await smallApp()
})
afterAll(() => app.close())

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('GET /problems/{code}', () => {
  test.each(Object.entries(problemCodes))('%s has a page', async (code, { title, status }) => {
    const answer = await app.inject({ url: `/problems/${code}`, headers: { accept: 'text/html' } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toContain(`<h1>${title}</h1>`)
    expect(answer.body).toContain(`status ${status}`)
  })

  test('is data for programs', async () => {
    const answer = await app.inject({ url: '/problems/slug_taken', headers: { accept: 'application/json' } })
    expect(answer.json()).toMatchObject({ type: '/problems/slug_taken', code: 'slug_taken', status: 409 })
  })

  test.each(['nonsense', 'constructor', '__proto__', '%3Cscript%3E'])('there is no %s', async (code) => {
    const answer = await app.inject(`/problems/${code}`)
    expect(answer.statusCode).toBe(404)
    expect(answer.json().code).toBe('not_found')
  })

  test('the page’s policy allows its own style and nothing else', async () => {
    const { headers, body } = await app.inject('/problems')
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? ''
    expect(headers['content-security-policy']).toContain(`style-src ${sha256(style)}`)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    for (const code of Object.keys(problemCodes)) expect(body).toContain(`href="/problems/${code}"`)
  })
})

describe('GET /docs/', () => {
  test('is where /docs leads', async () => {
    const answer = await app.inject('/docs')
    expect(answer.statusCode).toBe(301)
    expect(answer.headers.location).toBe('/docs/')
  })

  test('runs its own scripts only, each known by its hash', async () => {
    const { headers, body } = await app.inject('/docs/')
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    const policy = String(headers['content-security-policy'])
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1]
    const inline = [...body.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
    expect(inline).toHaveLength(2)
    expect(scripts).toBe(["'self'", ...inline.map(([, script = '']) => sha256(script))].join(' '))
    expect(policy).not.toContain('unsafe-eval')
  })

  test('lets in styles that it makes itself, by a nonce of each answer', async () => {
    const nonces = new Set<string>()
    for (let n = 0; n < 3; n += 1) {
      const { headers, body } = await app.inject('/docs/')
      const policy = String(headers['content-security-policy'])
      const [, nonce = ''] = /style-src 'self' 'nonce-([^']{22,})'/.exec(policy) ?? []
      expect(policy).not.toContain('unsafe-inline')
      expect(headers['cache-control']).toContain('no-store')
      expect(body).toContain(`<script nonce="${nonce}">`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  test('names no other host', async () => {
    const { body } = await app.inject('/docs/')
    expect(body.match(/(?:src|href)="(?:https?:)?\/\/[^"]*"/g)).toBeNull()
  })

  test('its script comes compressed to those who can read it, once', async () => {
    const url = '/docs/js/scalar.js'
    const plain = await app.inject({ url, headers: { 'accept-encoding': 'identity' } })
    const gzip = await app.inject({ url, headers: { 'accept-encoding': 'gzip, deflate' } })
    const brotli = await app.inject({ url, headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } })
    expect(plain.headers).not.toHaveProperty('content-encoding')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true)
    expect(brotliDecompressSync(brotli.rawPayload).equals(plain.rawPayload)).toBe(true)
    const again = await app.inject({
      url,
      headers: { 'accept-encoding': 'br', 'if-none-match': String(brotli.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })
})
