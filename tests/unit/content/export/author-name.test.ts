import { describe, expect, test } from 'vitest'
import { authorName } from '#src/content/export/author-name.ts'

describe('a name is split where it is inverted, or in western order', () => {
  test.each([
    ['Berners-Lee, Tim', 'Berners-Lee', 'Tim'],
    ['Klein, M.', 'Klein', 'M.'],
    ['Shannon, C. E.', 'Shannon', 'C. E.'],
    ['Baldé, C.P.', 'Baldé', 'C.P.'],
    ['Sartre, J.-P.', 'Sartre', 'J.-P.'],
    ['Smith, J', 'Smith', 'J'],
    ['SHANNON, C. E.', 'SHANNON', 'C. E.'],
    ['Van de Sompel, H.', 'Van de Sompel', 'H.'],
    ['van der Berg, Jan', 'van der Berg', 'Jan'],
    ['García Márquez, G.', 'García Márquez', 'G.'],
    ["O'Neil, Cathy", "O'Neil", 'Cathy'],
    ['Gore, Robert W.', 'Gore', 'Robert W.'],
    ['Ann Smith', 'Smith', 'Ann'],
    ['Robert W. Gore', 'Gore', 'Robert W.'],
    ['Mary Ann Smith', 'Smith', 'Mary Ann'],
    ['A. Vaswani', 'Vaswani', 'A.'],
    ['Jean-Paul Sartre', 'Sartre', 'Jean-Paul'],
    ['Tim van der Berg', 'van der Berg', 'Tim'],
  ])('%s', (name, family, given) => {
    expect(authorName(name)).toEqual({ family, given })
  })
})

describe('every other name is left whole', () => {
  test.each([
    'Pew Research',
    'Da Vinci',
    'Gabriel García Márquez',
    'Xi Jinping',
    'Pew Research Center',
    'OpenAI',
    '顾闻溪',
    '新智元',
    '新华社, 北京',
    'Reuters, London',
    'Greenpeace, UK',
    'Oxfam, U.K.',
    'Department of Health, England',
    'Acme, Inc.',
    'King, Jr.',
    'Klein, M., Tobin, R.',
    'Smith,',
    ', John',
    'et al.',
  ])('%s', (name) => {
    expect(authorName(name)).toEqual({ literal: name })
  })
})
