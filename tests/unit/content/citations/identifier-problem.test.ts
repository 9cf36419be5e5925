import { describe, expect, test } from 'vitest'
import { citationsOf } from '#src/content/citations/citations.ts'
import { identifierFields, identifierProblem } from '#src/content/citations/identifier-problem.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import { readFreshCitations, readGoldCitations } from '#tests/gold/gold-citations.ts'

describe('an identifier', () => {
  test.each([
    ['doi', '10.1000/182'],
    ['doi', '10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1'],
    ['isbn', '9783161484100'],
    ['isbn', '978-3-16-148410-0'],
    ['isbn', '0-8044-2957-x'],
    ['arxiv', '1706.03762'],
    ['arxiv', '2501.00001v2'],
    ['arxiv', 'hep-th/9901001'],
  ] as const)('is right: %s %s', (field, text) => {
    expect(identifierProblem(field, text)).toBeNull()
  })

  test.each([
    ['doi', 'x'],
    ['doi', 'https://doi.org/10.1000/182'],
    ['isbn', '123'],
    ['isbn', '9783161484101'],
    ['isbn', '978-7-111-11111-1 and more'],
    ['arxiv', 'q'],
    ['arxiv', 'arXiv:1706.03762'],
  ] as const)('is wrong, in words: %s %s', (field, text) => {
    expect(identifierProblem(field, text)).toEqual({
      message: expect.stringContaining(`"${text}" is no`),
      hint: expect.stringContaining('null says that there is none'),
    })
  })

  test('that a note gives is always one that can be set', () => {
    const given = [...readGoldCitations(), ...readFreshCitations()].flatMap(({ markdown }) =>
      citationsOf(renderBody(`x[^1]\n\n[^1]: ${markdown}\n`).notes, []),
    )
    const problems = given.flatMap((citation) =>
      identifierFields.flatMap((field) => {
        const text = citation[field]
        return text === null ? [] : (identifierProblem(field, text)?.message ?? [])
      }),
    )
    expect(problems).toEqual([])
    expect(given.some(({ doi }) => doi !== null)).toBe(true)
  })
})
