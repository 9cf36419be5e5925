import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFolder } from '#src/transfer/index.ts'
import { startApi } from '#tests/support/test-api.ts'

// What was read can be sent back: it changes nothing, freezes nothing and loses nothing.

const api = await startApi()
const patch = (id: string, body: object) => api.admin.patch(`/v1/articles/${id}`).send(body)
const read = async (id: string) => (await api.admin.get(`/v1/articles/${id}`).expect(200)).body
const document = async (id: string) =>
  (await api.admin.get(`/v1/articles/${id}?format=markdown`).expect(200)).text
const fromMarkdown = async (text: string) =>
  (await api.admin.post('/v1/articles').set('content-type', 'text/markdown').send(text).expect(201)).body
const put = (ref: string, text: string) =>
  api.admin.put(`/v1/articles/${ref}`).set('content-type', 'text/markdown').send(text)

const note = (title: string, date: string) =>
  `Fact.[^1]\n\n[^1]: 36氪. [${title}](https://36kr.com/p/1)（${date}）\n`
/** A citation as it was read, but for what nobody may set. */
const settable = ({
  ordinal: _,
  html: __,
  source: ___,
  referenceCount: ____,
  explicit: _____,
  ...rest
}: Record<string, unknown>) => rest

describe('citations', () => {
  test('POSTed with their body as they were read are not frozen', async () => {
    const body = note('Old title', '2025/7/2')
    const { citations } = await fromMarkdown(body.replace(/^/, '# Copied from\n\n'))
    const copy = await api.create({ title: 'Copy', body, citations: citations.map(settable) })
    expect((await document(copy.id)).split('\n')).not.toContain('citations:')
    const { body: patched } = await patch(copy.id, { body: note('New title', '2026/1/1') }).expect(200)
    expect(patched.citations).toMatchObject([{ title: 'New title', publishedOn: '2026-01-01', explicit: [] }])
  })

  test('POSTed with one field of their own have that one', async () => {
    const body = note('Title', '2025/7/2')
    const citations = [{ label: '1', title: 'Title', publisher: 'By hand' }]
    const { id } = await api.create({ title: 'One field', body, citations })
    expect(await document(id)).toContain('citations:\n  - label: "1"\n    publisher: By hand\n---')
  })

  test('that say what the note says as well stay the author’s', async () => {
    const text = `---\ntitle: Mine\ncitations:\n  - label: "1"\n    title: Mine\n---\n\n${note('Theirs', '2025/7/2')}`
    const { id } = await fromMarkdown(text)
    const { body: second } = await patch(id, { body: note('Mine', '2025/7/2') }).expect(200)
    const { body: same } = await patch(id, second).expect(200)
    expect(same.revision).toBe(2)
    const { body: third } = await patch(id, { body: note('Theirs again', '2025/7/2') }).expect(200)
    expect(third.citations).toMatchObject([{ title: 'Mine', explicit: ['title'] }])
  })

  test.each([
    ['with a note', `x[^1]\n\n[^1]: [T](https://example.org/c)\n`],
    ['without one', 'x\n'],
  ])('that deliberately say none keep their line and its comment, %s', async (_, body) => {
    const text = `---\ntitle: None\ncitations:\n- label: "1"\n  title: X\n  doi: null # deliberately none\n---\n${body}`
    const { id } = await fromMarkdown(text)
    await patch(id, await read(id)).expect(200)
    expect(await document(id)).toBe(text)
  })

  test('in the order of their references keep that of the document', async () => {
    const text = `---\ntitle: Order\ncitations:\n- {label: b, title: B}\n- {label: A, title: A}\n---\nx[^a] y[^b]\n\n[^a]: a\n[^b]: b\n`
    const { id } = await fromMarkdown(text)
    const { body } = await patch(id, { citations: (await read(id)).citations }).expect(200)
    expect(body.revision).toBe(1)
    expect(await document(id)).toBe(text)
  })

  test('422: a label twice, a number that is none, an address that is none: in words, at its place', async () => {
    const { id } = await api.create({ title: 'Refused', body: 'x[^n]\n\n[^n]: note\n' })
    const refused = async (citations: object[]) => {
      const answers = [
        await patch(id, { citations }).expect(422),
        await api.admin.post('/v1/articles').send({ title: 'Refused', citations }).expect(422),
      ]
      return answers.map(({ body }) => body.errors)
    }
    for (const errors of await refused([{ label: 'Ab' }, { label: ' aB ' }])) {
      expect(errors).toMatchObject([{ path: '/citations/1/label', code: 'duplicate_label' }])
    }
    for (const [field, value] of Object.entries({ doi: 'x', isbn: '123', arxiv: 'q', url: 'javascript:x' })) {
      for (const errors of await refused([{ label: 'n' }, { label: 'one', [field]: value }])) {
        expect(errors).toMatchObject([{ path: `/citations/1/${field}`, code: expect.any(String) }])
        expect(errors[0].message).not.toContain('citations[')
      }
    }
    for (const errors of await refused([{ label: 'n' }, { label: 'one', url: 'javascript:x' }])) {
      expect(errors[0].message).toMatch(/^url of the citation "one" is an absolute address/)
    }
    await patch(id, { citations: [{ label: 'one', doi: null, isbn: null, arxiv: null }] }).expect(200)
  })
})

describe('the whole article', () => {
  test.each([
    ['an image that is very wide', `---\ntitle: W\nfeatured_image: {url: /a, width: 500000}\n---\nx`],
    [
      'a long description of it',
      `---\ntitle: A\nfeatured_image: {url: /a, alt: "${'x'.repeat(2_000)}"}\n---\nx`,
    ],
    [
      'an author with a long name',
      `---\ntitle: L\ncitations: [{label: q, authors: ["${'n'.repeat(600)}"]}]\n---\nx`,
    ],
    [
      'a note of many words',
      `---\ntitle: N\n---\nx[^1]\n\n[^1]: [t](https://x.com/) ${'word '.repeat(5_000)}\n`,
    ],
    [
      'an address that goes on and on',
      `---\ntitle: U\n---\nx[^1]\n\n[^1]: [t](https://x.com/${'a'.repeat(3_000)})\n`,
    ],
    ['a key without a name', `---\ntitle: K\n"": 1\n---\nx`],
    [
      'more keys than anybody needs',
      `---\ntitle: M\n${Array.from({ length: 250 }, (_, n) => `k${n}: 1`).join('\n')}\n---\nx`,
    ],
    ['an address of one label', `---\ntitle: C\ncanonicalUrl: http://localhost:3000/x\n---\nx`],
    ['an address of numbers', `---\ntitle: I\ncanonicalUrl: http://10.0.0.1/x\n---\nx`],
  ])('with %s is taken', async (_, text) => {
    const { id } = await fromMarkdown(text)
    const { body } = await patch(id, await read(id)).expect(200)
    expect(body.revision).toBe(1)
    expect(await document(id)).toBe(text)
  })

  test('names what is wrong as JSON has it, not as front matter does', async () => {
    const { body } = await api.admin
      .post('/v1/articles')
      .send({ title: 'T', featuredImage: { url: 'javascript:alert(1)' } })
      .expect(422)
    expect(body.errors).toMatchObject([{ path: '/featuredImage/url' }])
    expect(body.detail).toMatch(/^featuredImage\.url is an address of http\(s\) or a path/)
  })
})

describe('a title that an import guessed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-untitled-'))
  for (const name of ['untitled-put', 'untitled-patch'])
    writeFileSync(join(folder, `${name}.md`), 'Only text.\n')
  await importFolder(api.deps, folder)

  test('does not keep the document from being put back, nor another without a title', async () => {
    const { id, title } = await read('untitled-put')
    expect((await put(id, 'Only text.\n').expect(200)).body.revision).toBe(1)
    const { body } = await put(id, 'Other text.\n').expect(200)
    expect(body).toMatchObject({ title, needsAttention: true, revision: 2 })
  })

  test('is confirmed by a PATCH of it, not by the whole article that is sent back', async () => {
    const before = await read('untitled-patch')
    expect((await patch(before.id, before).expect(200)).body).toMatchObject({
      revision: 1,
      needsAttention: true,
    })
    const { body } = await patch(before.id, { title: before.title }).expect(200)
    expect(body).toMatchObject({ revision: 2, title: before.title, needsAttention: false })
  })
})
