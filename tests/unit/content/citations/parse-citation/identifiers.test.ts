import { describe, expect, test } from 'vitest'
import { fieldsOf, type Said } from './said.ts'

describe('identifiers', () => {
  test.each<[string, Said]>([
    ['doi:10.1000/ABC.', { doi: '10.1000/abc' }],
    ['10.1000/182', { doi: '10.1000/182' }],
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
    expect(fieldsOf(markdown)).toMatchObject({
      doi: doi ?? null,
      arxiv: arxiv ?? null,
      isbn: isbn ?? null,
    })
  })
})
