import { describe, expect, test } from 'vitest'
import { fieldsOf, type Said, said } from './said.ts'

describe('a book or an article that nothing marks', () => {
  test.each<[string, Said]>([
    [
      '周志华. 机器学习. 清华大学出版社, 2016. ISBN 978-7-302-42328-7.',
      {
        title: '机器学习',
        isbn: '9787302423287',
        publisher: '清华大学出版社',
        authors: ['周志华'],
        publishedOn: '2016',
        type: 'book',
      },
    ],
    [
      'Knuth DE. The Art of Computer Programming. Addison-Wesley; 1997. ISBN 0-201-89683-4',
      {
        title: 'The Art of Computer Programming',
        isbn: '0201896834',
        publisher: 'Addison-Wesley',
        authors: ['Knuth DE'],
        publishedOn: '1997',
        type: 'book',
      },
    ],
    [
      'Knuth, D. E. 1984. Literate programming. Comput. J. 27, 2 (May 1984), 97–111. doi:10.1000/x',
      {
        title: 'Literate programming',
        doi: '10.1000/x',
        containerTitle: 'Comput. J.',
        authors: ['Knuth, D. E.'],
        publishedOn: '1984-05',
        type: 'article-journal',
      },
    ],
    ['Plato. *Republic*. 1992.', { title: 'Republic', authors: ['Plato'], publishedOn: '1992' }],
    [
      'Doe J. Night trains return. BMJ 2020;368:m1234.',
      {
        title: 'Night trains return',
        containerTitle: 'BMJ',
        authors: ['Doe J'],
        publishedOn: '2020',
        type: 'article-journal',
      },
    ],
  ])('%s', (markdown, fields) => {
    expect(said(markdown)).toEqual(fields)
  })
})

describe('Nature', () => {
  test.each([
    ['Rivera, A. et al. Ocean heat. *Nat. Commun.* **11**, 4567 (2020).', 'Nat. Commun.', ['Rivera, A.']],
    [
      'Kim, J. & Park, S. Fast gates. *Sci. Adv.* **7**, eabc1234 (2021).',
      'Sci. Adv.',
      ['Kim, J.', 'Park, S.'],
    ],
    [
      'Doe, J. Soil carbon. *Proc. Natl Acad. Sci. USA* **118**, e2012345118 (2021).',
      'Proc. Natl Acad. Sci. USA',
      ['Doe, J.'],
    ],
  ])('%s: volume and number of the article', (markdown, containerTitle, authors) => {
    expect(fieldsOf(markdown)).toMatchObject({ containerTitle, authors, type: 'article-journal' })
  })

  test.each([
    'Roe, A. et al. Sparse models at scale. Preprint at https://arxiv.org/abs/2101.01234 (2021).',
    'Roe, A. & Doe, J. Sparse models at scale. Preprint at arXiv https://arxiv.org/abs/2101.01234 (2021).',
    'Roe, A., Kim, B. & Doe, J. Sparse models at scale. Preprint at [arXiv:2101.01234](https://arxiv.org/abs/2101.01234) (2021).',
  ])('%s', (markdown) => {
    expect(fieldsOf(markdown)).toMatchObject({
      title: 'Sparse models at scale',
      url: 'https://arxiv.org/abs/2101.01234',
      arxiv: '2101.01234',
      publishedOn: '2021',
      type: 'article',
    })
    expect(fieldsOf(markdown).authors[0]).toBe('Roe, A.')
  })
})

describe('APA', () => {
  test.each([
    ['(Report No. NHB-2019-04)', 'report'],
    ['(NCT-TR No. 21-117)', 'webpage'],
    ['(WHO/2019-nCoV/IPC/2020.4)', 'webpage'],
  ])('%s is no part of a title, emphasised or not', (number, type) => {
    const rest = `${number}. National Tide Bureau. https://example.org/r`
    const fields = {
      title: 'Tide tables',
      authors: ['Roe, J.'],
      publisher: 'National Tide Bureau',
      publishedOn: '2019',
    }
    expect(fieldsOf(`Roe, J. (2019). *Tide tables* ${rest}`)).toMatchObject({ ...fields, type })
    expect(fieldsOf(`Roe, J. (2019). Tide tables ${rest}`)).toMatchObject(fields)
  })

  test.each(['TED-Ed', 'Co-Ed', 'Khan-Ed'])('%s is a name, not an editor', (name) => {
    expect(fieldsOf(`${name}. (2021). *Schools together*. https://example.org/a`).authors).toEqual([name])
  })
})

describe('Wikipedia', () => {
  const doi = '[doi](https://en.wikipedia.org/wiki/Doi_(identifier)):[10.1000/x](https://doi.org/10.1000/x)'

  test.each(['**12** (3): 45–67', '**8**: 101', '**8**'])(
    'a journal, %s: the link that explains doi is not its url',
    (volume) => {
      expect(said(`Doe, Jane (2015). "Rivers of sand". *Deserts*. ${volume}. ${doi}.`)).toEqual({
        title: 'Rivers of sand',
        url: 'https://doi.org/10.1000/x',
        doi: '10.1000/x',
        containerTitle: 'Deserts',
        authors: ['Doe, Jane'],
        publishedOn: '2015',
        type: 'article-journal',
      })
    },
  )

  test.each([
    ['*Harbour Gazette*. 3 May 2012.', 'Harbour Gazette', '2012-05-03'],
    ['*Skerra Athletics*.', 'Skerra Athletics', null],
    ['*Port Authority* (PDF).', 'Port Authority', null],
  ])('a title in quotes, %s, and an archive copy', (work, containerTitle, publishedOn) => {
    const archive =
      '[Archived from the original](https://web.archive.org/web/2013/http://x.org/a) on 4 June 2013'
    expect(fieldsOf(`"Council approves tram". ${work} ${archive}. Retrieved 3 March 2016.`)).toMatchObject({
      title: 'Council approves tram',
      url: null,
      archiveUrl: 'https://web.archive.org/web/2013/http://x.org/a',
      containerTitle,
      publishedOn,
      accessedOn: '2016-03-03',
    })
  })

  test('a template is read by its parameters', () => {
    const note =
      '{{cite news |last=Doe |first=Jane |title=Foo bar |url=https://e.org/x |work=[[The Guardian]] |date=3 May 2020 |access-date=3 Jan 2021}}'
    expect(said(note)).toEqual({
      title: 'Foo bar',
      url: 'https://e.org/x',
      containerTitle: 'The Guardian',
      authors: ['Doe, Jane'],
      publishedOn: '2020-05-03',
      accessedOn: '2021-01-03',
      type: 'article-newspaper',
    })
    expect(said('{{cite web|url=https://e.org/x|title=Foo|access-date=3 Jan 2021}}')).toMatchObject({
      title: 'Foo',
      url: 'https://e.org/x',
      accessedOn: '2021-01-03',
    })
  })
})
