import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deriveArticle } from '#src/content/derive.ts'
import { parseDocument } from '#src/content/document.ts'
import { DocumentError } from '#src/content/document-error.ts'
import { readFrontMatter } from '#src/content/front-matter/front-matter.ts'
import { patchWithCitations } from '#src/content/patch/given-citations.ts'
import { createDeriver } from '#src/derivation/index.ts'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'

const MEGABYTE = 1_000_000
const filled = (piece: string) => piece.repeat(Math.ceil(MEGABYTE / piece.length)).slice(0, MEGABYTE)
const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')

/** Each is about a megabyte that is made to be slow. */
const DOCUMENTS: Record<string, string> = {
  'brackets that open': filled('['),
  'parentheses that open': filled('('),
  'quotes in quotes': filled('>'),
  'asterisks alone': filled('*'),
  'emphasis that opens': filled('*a'),
  'emphasis of two kinds': filled('*a_b'),
  'links that do not end': filled('[a]('),
  'addresses that do not end': filled('http://a.b/('),
  'less-than signs': filled('<'),
  ampersands: filled('&'),
  'elements in elements': filled('<div>'),
  'lists on one line': filled('- '),
  'lists in lists': lines(1_400, (n) => `${' '.repeat(n)}- x`),
  headings: filled('# a\n'),
  '50,000 notes': lines(50_000, (n) => `a[^${n}]\n\n[^${n}]: n${n}\n`),
  '5,000 notes': lines(5_000, (n) => `a[^${n}]\n\n[^${n}]: ${'note '.repeat(30)}${n}\n`),
  '250,000 references to nothing': filled('[^a]'),
  'a long table': `| a | b |\n|---|---|\n${filled('| x | y |\n')}`,
  'a wide table': ['a|', '-|', 'b|'].map((cell) => `|${filled(cell).slice(0, 300_000)}`).join('\n'),
  'front matter': `---\n${lines(60_000, (n) => `key${n}: 1`)}\n---\n`,
}

/**
 * Longest time, in ms, for which the event loop may stand still. Ten times what was seen on a busy machine: what is
 * asked is whether documents are rendered on it.
 */
const HANG_MS = 3_000

const api = await startApi()

async function post(path: string, text: string, type = 'text/markdown'): Promise<number> {
  const response = await fetch(api.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': type },
    body: text,
  })
  await response.arrayBuffer()
  return response.status
}

/** Gives what the work gives, the statuses of those who ask meanwhile, and for how long nobody was served. */
async function watched<T>(work: () => Promise<T>) {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  let isDone = false
  const result = work().finally(() => {
    isDone = true
  })
  const others = new Set<number>()
  do {
    const response = await fetch(`${api.url}/v1/tags`)
    await response.arrayBuffer()
    others.add(response.status)
  } while (!isDone)
  delay.disable()
  return { result: await result, others: [...others], longestMs: delay.max / 1e6 }
}

const withTitle = (text: string) => (text.startsWith('---\n') ? text : `---\ntitle: Large\n---\n${text}`)

/** A document is taken or refused; nothing breaks, and nobody is sent away. */
const TAKEN_OR_REFUSED = [200, 201, 400, 422]

describe('POST /v1/render', () => {
  test.each(Object.entries(DOCUMENTS))(
    'a megabyte of %s is answered, and others are served',
    async (_name, text) => {
      const { result, others, longestMs } = await watched(() => post('/v1/render', withTitle(text)))
      expect(TAKEN_OR_REFUSED).toContain(result)
      expect(others).toEqual([200])
      expect(longestMs).toBeLessThan(HANG_MS)
    },
  )
})

describe('what is just below the size that a thread is started for', () => {
  const pieces = [
    '<div></b>',
    '<div title="</div>">',
    '<div><!--</div>-->',
    '<table><td></x>',
    'a\n-\n',
    '+ a\n-\n',
  ]
  test.each(pieces)('%j is answered, and others are served', async (piece) => {
    const text = withTitle(piece.repeat(Math.floor(32_000 / piece.length)))
    const { result, others, longestMs } = await watched(() => post('/v1/render', text))
    expect(TAKEN_OR_REFUSED).toContain(result)
    expect(others).toEqual([200])
    expect(longestMs).toBeLessThan(HANG_MS)
  })
})

describe('POST /v1/articles', () => {
  const stored = [
    'quotes in quotes',
    '5,000 notes',
    '250,000 references to nothing',
    'a long table',
    'front matter',
  ]
  test.each(stored)('a megabyte of %s is answered, and others are served', async (name) => {
    const text = withTitle(DOCUMENTS[name] ?? '')
    const { result, others, longestMs } = await watched(() => post('/v1/articles', text))
    expect(TAKEN_OR_REFUSED).toContain(result)
    expect(others).toEqual([200])
    expect(longestMs).toBeLessThan(HANG_MS)
  })

  test('a long story is created, put back and patched', async () => {
    const body = `Fact.[^1]\n\n${'正文**加粗**。[link](https://example.org/a)\n\n'.repeat(3_000)}[^1]: [S](https://example.org/s)\n`
    const document = `---\ntitle: Long\nslug: long\n---\n\n${body}`
    const markdown = 'text/markdown'
    const { body: created } = await api.admin
      .post('/v1/articles')
      .set('content-type', markdown)
      .send(document)
      .expect(201)
    expect(created).toMatchObject({ title: 'Long', citations: [{ label: '1' }] })
    await api.admin
      .put('/v1/articles/long')
      .set('content-type', markdown)
      .send(`${document}More.\n`)
      .expect(200)
    const patch = { title: 'Longer', citations: [{ label: '1', publisher: 'P' }] }
    const { body: patched } = await api.admin.patch('/v1/articles/long').send(patch).expect(200)
    expect(patched).toMatchObject({
      title: 'Longer',
      revision: 3,
      citations: [{ publisher: 'P', explicit: ['publisher'] }],
    })
    const { text } = await api.admin.get('/v1/articles/long').set('accept', markdown).expect(200)
    expect(text.endsWith(`${body}More.\n`)).toBe(true)
  })

  test('a megabyte in JSON is answered, and others are served', async () => {
    const citations = lines(
      3_000,
      (n) => `{"label":"l${n}","title":"T: ${n}","url":"https://example.org/${n}"}`,
    )
    const fields = `{"title":"Large","body":${JSON.stringify(filled('text '))},"citations":[${citations.replaceAll('\n', ',')}]}`
    const { result, others, longestMs } = await watched(() =>
      post('/v1/articles', fields, 'application/json'),
    )
    expect(TAKEN_OR_REFUSED).toContain(result)
    expect(others).toEqual([200])
    expect(longestMs).toBeLessThan(HANG_MS)
  })

  test('thirty at once are all created', async () => {
    const text = (n: number) => `---\ntitle: One of thirty ${n}\n---\n${'中文段落。'.repeat(8_000)}\n`
    const statuses = await Promise.all(Array.from({ length: 30 }, (_, n) => post('/v1/articles', text(n))))
    expect(statuses).toEqual(Array(30).fill(201))
  })

  test('the citations of thousands of notes are patched, and others are served', async () => {
    const labels = Array.from({ length: 5_000 }, (_, n) => `n${n}`)
    const notes = labels.map(
      (label) => `[^${label}]: 36氪. [标题 ${label}](https://36kr.com/p/${label})（2025/7/2）`,
    )
    const body = `${labels.map((label) => `[^${label}]`).join(' ')}\n\n${notes.join('\n')}\n`
    const { body: article } = await api.admin
      .post('/v1/articles')
      .send({ title: 'Thousands of notes', body })
      .expect(201)
    const citations = article.citations.map(({ label, title }: { label: string; title: string }) => ({
      label,
      title,
    }))
    const patch = async () => {
      const response = await api.admin.patch(`/v1/articles/${article.id}`).send({ citations })
      return response.body.revision
    }
    const { result, others, longestMs } = await watched(patch)
    expect(result).toBe(1)
    expect(others).toEqual([200])
    expect(longestMs).toBeLessThan(HANG_MS)
  })

  test('422 with line and column, from a thread as well', async () => {
    const document = `---\ntitle: T\ndate: 2015-02-30\n---\n\n${'text '.repeat(20_000)}`
    const { body } = await api.admin
      .post('/v1/articles')
      .set('content-type', 'text/markdown')
      .send(document)
      .expect(422)
    expect(body).toMatchObject({
      code: 'invalid_document',
      errors: [{ line: 3, column: 7, code: 'invalid_date' }],
    })
  })
})

describe('a deriver', () => {
  const options = { timeZone: 'UTC' }
  const long = `---\ntitle: Long\n---\n${'long text '.repeat(10_000)}`
  /** Takes seconds. */
  const endless = filled('*a').repeat(5)
  const deriver = (limits: Parameters<typeof createDeriver>[0]) => {
    const made = createDeriver({ threads: 1, ...limits })
    onTestFinished(() => made.close())
    return made
  }

  test('gives in a thread what it gives without', async () => {
    const { derive, frontMatter, patch } = deriver({})
    const document = `${long}\n\n[^1]: 36氪. [标题](https://36kr.com/p/1)（2025/7/2）\n`
    expect(await derive(document, options)).toEqual(deriveArticle(document, options))
    expect(await frontMatter(document, options)).toEqual(readFrontMatter(parseDocument(document), options))
    const citations = [{ label: '1', publisher: 'By hand' }]
    expect(await patch(document, {}, options, citations)).toEqual(
      patchWithCitations(parseDocument(document), {}, citations, options),
    )
  })

  test('refuses what takes too long, ends its thread, and goes on with the next', async () => {
    const { derive } = deriver({ cpuMs: () => 500 })
    const [refused, next] = await Promise.allSettled([derive(endless, options), derive(long, options)])
    expect(refused).toMatchObject({ reason: expect.any(DocumentError) })
    expect(refused).toMatchObject({ reason: { issues: [{ code: 'too_large' }] } })
    expect(next).toMatchObject({ value: { content: { title: 'Long' } } })
  })

  test('refuses what takes too much memory, and goes on with the next', async () => {
    const { derive } = deriver({ heapMiB: 64, cpuMs: () => 60_000, workMs: 60_000 })
    await expect(derive(endless, options)).rejects.toMatchObject({ issues: [{ code: 'too_large' }] })
    expect((await derive(long, options)).content.title).toBe('Long')
  })

  test('bounds the processor’s time by the size of the document', async () => {
    const seen: number[] = []
    const { derive } = deriver({
      cpuMs: (characters) => {
        seen.push(characters)
        return 100
      },
    })
    await expect(derive(endless, options)).rejects.toMatchObject({ issues: [{ code: 'too_large' }] })
    expect(seen).toEqual([endless.length])
  })

  test('one asker’s documents do not keep the next asker’s waiting', async () => {
    const derive = deriver({})
    const done: string[] = []
    const ask = (asker: string) =>
      derive
        .onBehalfOf(asker)
        .derive(long, options)
        .then(() => done.push(asker))
    await Promise.all([...Array.from({ length: 6 }, () => ask('many')), ask('one')])
    expect(done.indexOf('one')).toBeLessThan(3)
  })

  test('503 when too much waits', async () => {
    const { derive } = deriver({ waitingCharacters: long.length })
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => derive(long, options)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(outcomes[2]).toMatchObject({
      reason: { code: 'unavailable', status: 503, headers: { 'retry-after': expect.any(String) } },
    })
  })

  test('503 for what is under way when it closes, and for what comes later', async () => {
    const { derive, close } = deriver({ cpuMs: () => 60_000, workMs: 60_000 })
    const underWay = expect(derive(endless, options)).rejects.toMatchObject({ code: 'unavailable' })
    const waiting = expect(derive(long, options)).rejects.toMatchObject({ code: 'unavailable' })
    await close()
    await Promise.all([underWay, waiting])
    await expect(derive(long, options)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
