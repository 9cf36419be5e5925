import { describe, expect, test } from 'vitest'
import { fieldsOf, type Said, said, url } from './said.ts'

describe('links', () => {
  test.each<[string, string, Said]>([
    ['title and url are the first link’s', `[T](${url}) and [U](https://d.e)`, { title: 'T', url }],
    ['the text of a link is plain text', `**[*T* \`x\` &amp; y](${url})**`, { title: 'T x & y', url }],
    ['a bare address has no title', url, { url }],
    ['nor has one that is named by a word', `[原文链接](${url})`, { url }],
    [
      'a link within the page or to a mailbox is none',
      `[x](#part) [y](mailto:a@b.c) [T](${url})`,
      { title: 'T', url },
    ],
    ['what is enclosed in quotes or 《》 loses them', `“[T](${url})”`, { title: 'T', url }],
    ['what is not enclosed as a whole keeps them', `[“T”和“U”](${url})`, { title: '“T”和“U”', url }],
  ])('%s', (_, markdown, fields) => {
    expect(said(markdown)).toEqual({ ...fields, type: 'webpage' })
  })

  test.each(['web.archive.org/web/2020/x', 'archive.ph/AbC', 'archive.today/AbC', 'perma.cc/AB12-CD34'])(
    '%s is an archive copy, wherever it stands',
    (address) => {
      const archiveUrl = `https://${address}`
      const fields = { title: 'T', url, archiveUrl, type: 'webpage' }
      expect(said(`[存档](${archiveUrl})｜[T](${url})`)).toEqual(fields)
      expect(said(`[T](${url}) ([archived](${archiveUrl}))`)).toEqual(fields)
    },
  )

  test('an archive copy gives the title when the original’s link says only what it is', () => {
    const note = `["Returns"](https://web.archive.org/web/2004/x). Archived from [the original](${url}) on 3 May 2004.`
    expect(said(note)).toEqual({
      title: 'Returns',
      url,
      archiveUrl: 'https://web.archive.org/web/2004/x',
      type: 'webpage',
    })
  })

  test('from a second work on nothing is read', () => {
    const note = `财新网：[甲](${url})，2024年12月2日；另见第一财经：[乙](https://d.e)，2024年12月10日，张三译`
    expect(said(note)).toEqual({
      title: '甲',
      url,
      publisher: '财新网',
      publishedOn: '2024-12-02',
      type: 'webpage',
    })
  })

  test('a second paragraph says nothing of the work', () => {
    expect(said(`[T](${url})\n\n    See *Nature*, 3 May 2020.`)).toEqual({ title: 'T', url, type: 'webpage' })
  })

  test.each([
    ['参见国家统计局网站，www.stats.gov.cn/sj/a.html，2024年3月1日', 'http://www.stats.gov.cn/sj/a.html'],
    ['网址：www.example.org/tides?a=b。', 'http://www.example.org/tides?a=b'],
    ['Doe, J. Tides. www.example.org/tides (accessed 3 May 2020).', 'http://www.example.org/tides'],
    ['https://例子.中国/路径?查=1', 'https://例子.中国/路径?查=1'],
  ])('%s holds an address', (markdown, address) => {
    expect(fieldsOf(markdown)).toMatchObject({ url: address, title: null })
  })
})
