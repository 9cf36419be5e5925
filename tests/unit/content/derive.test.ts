import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deriveArticle } from '#src/content/derive.ts'
import { DocumentError } from '#src/content/document-error.ts'
import { composeDocument } from '#src/content/front-matter/compose.ts'

const derive = (text: string, fallbackTitle?: string) =>
  deriveArticle(text, { timeZone: 'UTC', ...(fallbackTitle === undefined ? {} : { fallbackTitle }) })

describe('the story of the AI war', () => {
  const text = readFileSync(new URL('../../../seeds/silicon-valley-ai-war.md', import.meta.url), 'utf8')
  const article = deriveArticle(text, { timeZone: 'Asia/Shanghai' })

  test('keeps its text', () => {
    expect(article.document.frontMatter + article.document.body).toBe(text)
    expect(article.document.body).toMatch(/^> 科技巨头/)
  })

  test('has its fields', () => {
    expect(article.content).toMatchObject({
      title: '硅谷AI战局：Meta抄袭疑云、OpenAI模型挫败与超级智能的竞速',
      summary: expect.stringMatching(/^硅谷顶尖AI公司正深陷一场/),
      featuredImage: { url: '/newsimages/selected_image_YYYY-07-Jul 2, 2025_12-33-42-598.jpg', alt: null },
      tags: ['AI军备竞赛', '超级智能', '大模型', 'Meta', 'OpenAI', '苹果', '算力', '模型架构', 'AI人才战'],
      topics: ['前沿模型与算法', '产业生态与商业版图', '算力与芯片'],
      authors: [],
      meta: {},
      readingMinutes: 6,
      excerpt: expect.stringMatching(/^科技巨头在追求超级智能的道路上/),
    })
    expect(article.life).toEqual({
      slug: null,
      locale: null,
      draft: false,
      publishedAt: '2025-07-02T04:40:04.000Z',
      unpublishAt: null,
      translationKey: null,
      aliases: [],
    })
    expect(article).toMatchObject({ titleFrom: 'front-matter', findings: [] })
  })

  test('has its citation', () => {
    expect(article.content.citations).toMatchObject([
      {
        label: '1',
        ordinal: 1,
        line: 66,
        text: '36氪. Meta抄袭DeepSeek大翻车？硅谷大佬爆料亮点满满，AI军备烧钱真相震碎硅谷·新智元·Aeneas 好困（2025/7/2）·检索日期2025/7/2',
        title: 'Meta抄袭DeepSeek大翻车？硅谷大佬爆料亮点满满，AI军备烧钱真相震碎硅谷',
        url: 'https://finance.sina.com.cn/stock/t/2025-07-02/doc-infczvkn8103861.shtml',
        source: { domain: 'sina.com.cn' },
      },
    ])
  })

  test('has its html', () => {
    const { html, toc } = article.content
    expect(toc.map(({ level, text: heading }) => [level, heading])).toEqual([
      [3, 'Meta的困境与AI人才争夺战'],
      [3, 'OpenAI：从GPT-4.5的失利到推理的觉醒'],
      [3, '巨头博弈：苹果的AI失误与微软的复杂联盟'],
      [3, '超级智能：一场意志与资源的全面较量'],
      [2, '引用'],
    ])
    expect(html).toContain('<strong>数据不足</strong>')
    expect(html).toContain('反映出这场技术变革深远而复杂的影响。<sup>'.slice(3))
    expect(html).not.toContain('[^1]')
  })
})

describe('the title', () => {
  test('is the front matter’s', () => {
    expect(derive('---\ntitle: A\n---\n# B\n')).toMatchObject({
      content: { title: 'A' },
      titleFrom: 'front-matter',
    })
  })

  test('else the first heading, which is not shown twice but stays in the body', () => {
    const article = derive('Intro\n\n# The *Title*\n\nText')
    expect(article).toMatchObject({ content: { title: 'The Title', toc: [] }, titleFrom: 'heading' })
    expect(article.content.html).toBe('<p>Intro</p>\n<p>Text</p>\n')
    expect(article.document.body).toContain('# The *Title*')
  })

  test('a heading that repeats it at the top is not shown twice either', () => {
    expect(derive('---\ntitle: The Title\n---\n\n# The  title\n\nText').content.html).toBe('<p>Text</p>\n')
    expect(derive('---\ntitle: A\n---\n\nText\n\n# A').content.html).toContain('<h1 id="a">')
  })

  test('else the fallback; else there is none, which is a finding', () => {
    expect(derive('Text', 'my-file')).toMatchObject({ content: { title: 'my-file' }, titleFrom: 'fallback' })
    expect(derive('Text')).toMatchObject({
      content: { title: null },
      titleFrom: null,
      findings: [{ rule: 'title-missing' }],
    })
    expect(derive('')).toMatchObject({ content: { title: null, html: '', excerpt: '', wordCount: 0 } })
  })
})

test('lines are those of the document, front matter included', () => {
  const article = derive('---\ntitle: A\n---\n\nx[^1] y[^2]\n\n[^1]: n')
  expect(article.content.citations[0]?.line).toBe(7)
  expect(article.findings).toMatchObject([{ rule: 'footnote-undefined', line: 5, column: 8 }])
})

test('explicit citations of the front matter join the notes', () => {
  const text =
    '---\ntitle: A\ncitations:\n  - label: 1\n    publisher: P\n  - label: z\n    title: Z\n---\n\nx[^1]\n\n[^1]: [T](https://a.b/c)'
  expect(derive(text).content.citations).toMatchObject([
    { label: '1', title: 'T', publisher: 'P', explicit: ['publisher'] },
    { label: 'z', title: 'Z', ordinal: null, explicit: ['title'] },
  ])
})

test('what was composed gives the fields it was made of', () => {
  const text = composeDocument({
    title: 'T',
    slug: 's',
    body: 'x',
    tags: ['a'],
    publishedAt: '2025-07-02T04:40:04.000Z',
    draft: false,
  })
  expect(derive(text)).toMatchObject({
    document: { body: 'x' },
    content: { title: 'T', tags: ['a'] },
    life: { slug: 's', draft: false, publishedAt: '2025-07-02T04:40:04.000Z' },
  })
})

test('all that is wrong with values comes as one error', () => {
  expect(() => derive('---\ntitle: [a, b]\ndate: 2015-02-30\n---\n')).toThrow(DocumentError)
  expect(() => derive('---\ntitle: [a, b]\ndate: 2015-02-30\n---\n')).toThrow(/Line 2.*\nLine 3/)
})
