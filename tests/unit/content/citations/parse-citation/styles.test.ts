import { describe, expect, test } from 'vitest'
import { type Said, said, url } from './said.ts'

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
