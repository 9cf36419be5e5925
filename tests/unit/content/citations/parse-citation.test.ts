import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CitationFields } from '#src/content/citations/citations.ts'
import { parseCitation } from '#src/content/citations/parse-citation.ts'
import type { Note } from '#src/content/markdown/notes.ts'
import { renderBody } from '#src/content/markdown/render.ts'

type Said = Partial<CitationFields>

function noteOf(markdown: string): Note {
  const note = renderBody(`x[^1]\n\n[^1]: ${markdown}\n`).notes[0]
  if (note === undefined) throw new Error(`No note: ${markdown}`)
  return note
}

/** What the note says: the fields that are neither null nor empty. */
function said(markdown: string): Said {
  const fields = Object.entries(parseCitation(noteOf(markdown)))
  return Object.fromEntries(fields.filter(([, value]) => value !== null && value.length > 0))
}

const url = 'https://example.org/a'

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
})

describe('identifiers', () => {
  test.each<[string, Said]>([
    ['doi:10.1000/ABC.', { doi: '10.1000/abc' }],
    ['https://doi.org/10.1000%2Fabc', { doi: '10.1000/abc' }],
    ['[T](https://www.science.org/doi/abs/10.1126/science.1)', { doi: '10.1126/science.1' }],
    ['[T](https://example.org/article?id=10.1371/journal.pone.1)', { doi: '10.1371/journal.pone.1' }],
    ['[T](https://www.nature.com/articles/s41586-024-1)', {}],
    ['arXiv:2205.09707v1', { arxiv: '2205.09707' }],
    ['[T](https://arxiv.org/pdf/2501.12948v1.pdf)', { arxiv: '2501.12948' }],
    ['arXiv:math.DG/0211159', { arxiv: 'math/0211159' }],
    ['*T*. ISBN 978-1-133-18779-0', { isbn: '9781133187790' }],
    ['*T*. ISBN 0-06-251586-1', { isbn: '0062515861' }],
    ['*T*, 2020. ISBN 978-1-133-18779-1', {}],
  ])('%s', (markdown, { doi, arxiv, isbn }) => {
    expect(parseCitation(noteOf(markdown))).toMatchObject({
      doi: doi ?? null,
      arxiv: arxiv ?? null,
      isbn: isbn ?? null,
    })
  })
})

describe('dates', () => {
  test.each([
    ['2025/7/2', '2025-07-02'],
    ['2025.7.2', '2025-07-02'],
    ['２０２５－０７－０２', '2025-07-02'],
    ['2025年7月2日 20:16', '2025-07-02'],
    ['2025 年 7 月', '2025-07'],
    ['二〇二五年十二月三十一日', '2025-12-31'],
    ['July 2, 2025', '2025-07-02'],
    ['Wednesday, 2 Jul. 2025', '2025-07-02'],
    ['2025, July 2', '2025-07-02'],
    ['19th July 2023', '2023-07-19'],
    ['Mar.–Apr. 2020', '2020'],
    ['9/22/2024', '2024-09-22'],
    ['22/9/2024', '2024-09-22'],
    ['1.2.2024', '2024-02-01'],
    ['20250702', '2025-07-02'],
    ['2019年第1期', '2019'],
    ['2024', '2024'],
    ['03/08/2023', null],
    ['2023-02-30', null],
    ['FY2024', null],
    ['7月2日', null],
    ['pp. 1999–2010', null],
    ['〔2021〕15号', null],
    ['n.d.', null],
  ])('%s is %s', (written, publishedOn) => {
    expect(parseCitation(noteOf(`[T](${url})，${written}`)).publishedOn).toBe(publishedOn)
  })

  test.each([
    '检索日期2025/7/2',
    '2025年7月2日访问',
    '（2025年7月2日查阅）',
    '最后访问日期：2025年7月2日',
    '[2025-07-02]',
    'Accessed 2 July 2025.',
    'accessed on July 2, 2025',
    'Retrieved July 2, 2025',
    '(last visited 2 July 2025)',
  ])('%s is the day of access', (written) => {
    expect(said(`[T](${url}), ${written}`)).toEqual({
      title: 'T',
      url,
      accessedOn: '2025-07-02',
      type: 'webpage',
    })
  })

  test.each<[string, string | null]>([
    ['（2021年8月20日通过，自2021年11月1日起施行）', '2021-08-20'],
    ['March 8, 2017, updated March 10, 2017', '2017-03-08'],
    ['last modified April 17, 2017', '2017-04-17'],
    ['filed March 3, 2020, and issued February 1, 2022', '2022-02-01'],
    ['1978. July 1978', '1978-07'],
    ['([archived](https://archive.ph/a), 14 May 2016)', null],
  ])('%s: published %s', (written, publishedOn) => {
    expect(parseCitation(noteOf(`[T](${url}), ${written}`)).publishedOn).toBe(publishedOn)
  })

  test('those in a title are its words', () => {
    expect(said(`[2025年5月1日的天气](${url})`)).toEqual({
      title: '2025年5月1日的天气',
      url,
      type: 'webpage',
    })
  })
})

describe('who made it, and where it stands', () => {
  test.each<[string, Said]>([
    [`36氪. [T](${url})`, { publisher: '36氪' }],
    [`【证券时报】[T](${url})`, { publisher: '证券时报' }],
    [`新华社记者 李棠宁、王墨：[T](${url})`, { publisher: '新华社', authors: ['李棠宁', '王墨'] }],
    [`财联社7月1日电：[T](${url})`, { publisher: '财联社' }],
    [`国家统计局. [T](${url})`, { publisher: '国家统计局', authors: ['国家统计局'] }],
    [`教育部、财政部：[T](${url})`, { authors: ['教育部', '财政部'] }],
    [`公众号：某某，[T](${url})`, { publisher: '某某' }],
    [`[T](${url})·澎湃新闻·赵思惟`, { containerTitle: '澎湃新闻', authors: ['赵思惟'] }],
    [`36氪. [T](${url})·量子位·明珉 西枫`, { publisher: '36氪', authors: ['量子位', '明珉 西枫'] }],
    [`[T](${url})，作者：杜蔚、泽楠`, { authors: ['杜蔚', '泽楠'] }],
    [`[T](${url})。来源：经济日报。`, { publisher: '经济日报' }],
    [
      `[T](${url}), by Jane Doe and John Roe, *Wired*`,
      { containerTitle: 'Wired', authors: ['Jane Doe', 'John Roe'] },
    ],
    [
      `Doe, Jane, and John Roe. [T](${url}). Reuters.`,
      { containerTitle: 'Reuters', authors: ['Doe, Jane', 'John Roe'] },
    ],
    [`McKinsey & Company, [T](${url})`, { publisher: 'McKinsey & Company', authors: ['McKinsey & Company'] }],
    [`佚名. [T](${url})`, {}],
    [`项目组询价记录，见[T](${url})`, {}],
    [`Jane Doe. [T](${url}). W3C, 1998.`, { publisher: 'W3C', authors: ['Jane Doe'] }],
    [`Shannon, C. E. T[EB/OL]. ${url}`, { authors: ['Shannon, C. E.'] }],
    [`Baldé, C. P., Kuehr, R., 等. T[EB/OL]. ${url}`, { authors: ['Baldé, C. P.', 'Kuehr, R.'] }],
    [`上海市排水处、第三中学：[T](${url})`, { authors: ['上海市排水处', '第三中学'] }],
    [`[T](${url}), Washington, DC`, {}],
  ])('%s', (markdown, makers) => {
    const { publisher, containerTitle, authors } = parseCitation(noteOf(markdown))
    expect({ publisher, containerTitle, authors }).toEqual({
      publisher: null,
      containerTitle: null,
      authors: [],
      ...makers,
    })
  })
})

describe('styles', () => {
  test.each<[string, string, Said]>([
    [
      'a newsroom’s',
      `36氪. [大模型推理成本再降](https://finance.sina.com.cn/x)·新智元·定惠（2025/6/2）·检索日期2025/6/3`,
      {
        title: '大模型推理成本再降',
        url: 'https://finance.sina.com.cn/x',
        publisher: '36氪',
        authors: ['新智元', '定惠'],
        publishedOn: '2025-06-02',
        accessedOn: '2025-06-03',
        type: 'article-newspaper',
      },
    ],
    [
      'GB/T 7714, a page',
      `萧钰. 出版业信息化[EB/OL]. (2001-12-19)[2002-04-15]. ${url}.`,
      {
        title: '出版业信息化',
        url,
        authors: ['萧钰'],
        publishedOn: '2001-12-19',
        accessedOn: '2002-04-15',
        type: 'webpage',
      },
    ],
    [
      'GB/T 7714, a journal',
      '李华，王明，等. 题名：副题[J]. 新闻记者，2021（4）：1-10.',
      {
        title: '题名：副题',
        containerTitle: '新闻记者',
        authors: ['李华', '王明'],
        publishedOn: '2021',
        type: 'article-journal',
      },
    ],
    [
      'GB/T 7714, a part of a book',
      '沈从文. 边城[M]//沈从文全集: 第8卷. 太原: 北岳文艺出版社, 2002: 61.',
      {
        title: '边城',
        containerTitle: '沈从文全集: 第8卷',
        publisher: '北岳文艺出版社',
        authors: ['沈从文'],
        publishedOn: '2002',
        type: 'chapter',
      },
    ],
    [
      'Chinese humanities',
      '[美]赫伯特·甘斯：《什么在决定新闻》，石琳译，北京大学出版社2009年版，第50页。',
      {
        title: '什么在决定新闻',
        publisher: '北京大学出版社',
        authors: ['赫伯特·甘斯'],
        publishedOn: '2009',
        type: 'book',
      },
    ],
    [
      'APA',
      'Klein, M., & Tobin, R. (2023). Reading the river. *Journal of Water*, *24*(8), 1–20. https://doi.org/10.1000/x',
      {
        title: 'Reading the river',
        url: 'https://doi.org/10.1000/x',
        doi: '10.1000/x',
        containerTitle: 'Journal of Water',
        authors: ['Klein, M.', 'Tobin, R.'],
        publishedOn: '2023',
        type: 'article-journal',
      },
    ],
    [
      'MLA',
      'Doe, Jane. “Tides.” *The Book of Water*, edited by John Roe, Routledge, 2009, pp. 3–20.',
      {
        title: 'Tides',
        containerTitle: 'The Book of Water',
        publisher: 'Routledge',
        authors: ['Doe, Jane'],
        publishedOn: '2009',
        type: 'chapter',
      },
    ],
    [
      'Chicago',
      'Jane Doe, *A Book of Tides*, rev. ed. (New York: Vintage, 2011), chap. 5.',
      {
        title: 'A Book of Tides',
        publisher: 'Vintage',
        authors: ['Jane Doe'],
        publishedOn: '2011',
        type: 'book',
      },
    ],
    [
      'IEEE',
      'A. Vaswani *et al.*, “Attention is all you need,” in *Proc. Adv. Neural Inf. Process. Syst.*, vol. 30, 2017.',
      {
        title: 'Attention is all you need',
        containerTitle: 'Proc. Adv. Neural Inf. Process. Syst.',
        authors: ['A. Vaswani'],
        publishedOn: '2017',
        type: 'paper-conference',
      },
    ],
    [
      'ACM',
      'Jane Doe and John Roe. 2022. Late interaction. In *Proceedings of X*. Association for Tides, 37–38.',
      {
        title: 'Late interaction',
        containerTitle: 'Proceedings of X',
        publisher: 'Association for Tides',
        authors: ['Jane Doe', 'John Roe'],
        publishedOn: '2022',
        type: 'paper-conference',
      },
    ],
    [
      'Vancouver',
      'Watson JD, Crick FH. Structure of nucleic acids. Nature. 1953 Apr 25;171(4356):737-8.',
      {
        title: 'Structure of nucleic acids',
        containerTitle: 'Nature',
        authors: ['Watson JD', 'Crick FH'],
        publishedOn: '1953-04-25',
        type: 'article-journal',
      },
    ],
    [
      'Nature',
      'Watson, J. D. & Crick, F. H. C. Structure of nucleic acids. *Nature* **171**, 737–738 (1953).',
      {
        title: 'Structure of nucleic acids',
        containerTitle: 'Nature',
        authors: ['Watson, J. D.', 'Crick, F. H. C.'],
        publishedOn: '1953',
        type: 'article-journal',
      },
    ],
    [
      'Bluebook',
      'Lina M. Khan, *Amazon’s Paradox*, 126 Yale L.J. 710, 715 (2017).',
      {
        title: 'Amazon’s Paradox',
        containerTitle: 'Yale L.J.',
        authors: ['Lina M. Khan'],
        publishedOn: '2017',
        type: 'article-journal',
      },
    ],
    [
      'Wikipedia',
      'Doe, Jane (3 May 2020). ["Title"](https://www.theguardian.com/x). *The Guardian*. Retrieved 5 May 2020.',
      {
        title: 'Title',
        url: 'https://www.theguardian.com/x',
        containerTitle: 'The Guardian',
        authors: ['Doe, Jane'],
        publishedOn: '2020-05-03',
        accessedOn: '2020-05-05',
        type: 'article-newspaper',
      },
    ],
  ])('%s', (_, markdown, fields) => {
    expect(said(markdown)).toEqual(fields)
  })
})

describe('type', () => {
  test.each([
    ['[T](https://mp.weixin.qq.com/s/x)', 'post-weblog'],
    ['[T](https://github.com/a/b)', 'software'],
    ['[T](https://github.com/a/b/issues/1)', 'post'],
    ['[T](https://mastodon.example.org/@a/112000000000000001)', 'post'],
    ['[T](https://www.nature.com/articles/d41586-024-1)', 'article-magazine'],
    ['[2024年年度报告](https://example.org/x)', 'report'],
    ['[T](https://example.org/blog/x)', 'post-weblog'],
    ['[T](https://example.org/x) [Video]', 'motion_picture'],
    ['Jane Doe, “T” (PhD diss., Yale University, 2020).', 'thesis'],
    ['《中华人民共和国数据安全法》第二十一条。', 'legislation'],
    ['《互联网信息服务管理办法》，2000年9月25日公布。', 'regulation'],
    ['*Roe v. Wade*, 410 U.S. 113 (1973).', 'legal_case'],
    ['RFC 9110, § 13.1.1.', 'standard'],
    ['《人民日报》2025年2月24日，第1版。', 'article-newspaper'],
    ['Alex Rivers, interview by the author, June 3, 2024.', 'interview'],
    ['编辑部与该公司的邮件往来，2024年11月5日。', 'personal_communication'],
  ])('%s: %s', (markdown, type) => {
    expect(parseCitation(noteOf(markdown)).type).toBe(type)
  })
})

describe('a remark', () => {
  test.each([
    '同上，第23页。',
    '参见注释5。',
    'Ibid., p. 23.',
    '国家统计局数据，2024年全年国内生产总值为134.9万亿元。',
    '编者注：“内卷”一词在不同语境中含义不同。',
    '根据《中华人民共和国网络安全法》第二十一条的规定，运营者应当留存日志。',
    'Reuters and the BBC both declined to comment on July 2, 2025.',
    '“Lived” because I now live even *further* away; see [the next section](#further).',
    'All sums are in 2023 dollars. Corrections to [the desk](mailto:desk@example.org).',
  ])('%s says nothing of a work', (markdown) => {
    expect(said(markdown)).toEqual({})
  })
})

describe('for any note', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      `[题目](${url})`,
      '[“T”](https://www.nytimes.com/x)',
      '[存档](https://archive.ph/x)',
      'https://doi.org/10.1000/x',
      '*Nature*',
      '**24**(8)',
      '《书名》',
      '“Quoted,”',
      '[J]',
      '[EB/OL]',
      '//',
      'Klein, M., & Tobin, R.',
      '新华社记者 张三',
      '国家统计局',
      'World Bank',
      '北京: 人民出版社, 2013',
      '（2025/7/2）',
      '[2025-07-02]',
      'Accessed 2 July 2025',
      '检索日期2025/7/2',
      'et al.',
      'in',
      'via X',
      '来源：',
      'doi:10.1000/y',
      'ISBN 978-1-133-18779-0',
      'arXiv:2205.09707v1',
      'v.',
      '第5页',
    ),
    fc.constantFrom(
      '. ',
      ', ',
      '，',
      '。',
      '·',
      '：',
      '; ',
      ' ',
      ' (',
      ')',
      '（',
      '）',
      '[',
      ']',
      '"',
      '《',
      '*',
      ' | ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  const markdown = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('').replace(/[\r\n]/g, ' '))
  const anyNote = markdown
    .map((text) => renderBody(`x[^1]\n\n[^1]: . ${text}\n`).notes[0])
    .filter((note) => note !== undefined)

  test('parsing never throws, and gives the same again', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect(parseCitation(note)).toEqual(parseCitation(structuredClone(note)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('names and titles are what the note says, word for word', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const { title, publisher, containerTitle, authors, url: address, archiveUrl } = parseCitation(note)
        for (const value of [title, publisher, containerTitle, ...authors]) {
          if (value !== null) expect(note.text.replace(/\s/g, '')).toContain(value.replace(/\s/g, ''))
        }
        const addresses = note.blocks.flat().map((run) => run.url)
        expect(addresses).toEqual(expect.arrayContaining([address, archiveUrl].filter((one) => one !== null)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('blanks at its end change nothing', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const blocks = note.blocks.map((runs) => [...runs, { text: '  ', isEmphasised: false, url: null }])
        expect(parseCitation({ blocks })).toEqual(parseCitation(note))
      }),
      { numRuns: 1_000 },
    )
  })

  test.each(['《', '（2020）', 'Aa BB, ', '. ', '“', '[J]. ', 'A v. ', '1', '检索'])(
    'a note of 20,000 characters that repeats %j is read by its beginning',
    (text) => {
      const long = [[{ text: text.repeat(20_000 / text.length), isEmphasised: false, url: null }]]
      const short = [[{ text: text.repeat(4_000 / text.length), isEmphasised: false, url: null }]]
      expect(parseCitation({ blocks: long })).toEqual(parseCitation({ blocks: short }))
    },
  )
})
