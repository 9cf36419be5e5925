/**
 * What CSL 1.0.2 allows in CSL-JSON, as a JSON Schema (draft-07): the types and variables of the specification's
 * appendices III and IV, and the fields of its input model. Names, which are facts, are the specification's
 * (https://docs.citationstyles.org/en/v1.0.2/); the schema is put together here. Where the official `csl-data.json`
 * leaves a choice of spelling, this is the stricter one: a name is a family or a literal, a date part is an integer.
 */
const types = `
  article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
  document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
  manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
  personal_communication post post-weblog regulation report review review-book software song speech standard thesis
  treaty webpage`

const texts = `
  abstract annote archive archive_collection archive_location archive-place authority call-number citation-key
  citation-label collection-title container-title container-title-short dimensions division DOI event event-title
  event-place genre ISBN ISSN journalAbbreviation jurisdiction keyword language medium note original-publisher
  original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre
  reviewed-title scale section shortTitle source status title title-short URL version volume-title volume-title-short
  year-suffix`

const numbers = `
  chapter-number citation-number collection-number edition first-reference-note-number issue locator number
  number-of-pages number-of-volumes page page-first part printing supplement volume`

const names = `
  author chair collection-editor compiler composer container-author contributor curator director editor
  editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author performer
  producer recipient reviewed-author script-writer series-creator translator`

const dates = 'accessed available-date event-date issued original-date submitted'

const list = (words: string) => words.trim().split(/\s+/)
const each = (words: string, schema: object) => Object.fromEntries(list(words).map((word) => [word, schema]))
const text = { type: 'string', minLength: 1 }

const name = {
  oneOf: [
    {
      type: 'object',
      properties: each('family given suffix dropping-particle non-dropping-particle', text),
      required: ['family'],
      additionalProperties: false,
    },
    { type: 'object', properties: { literal: text }, required: ['literal'], additionalProperties: false },
  ],
}

const dateParts = {
  type: 'array',
  items: [
    { type: 'integer' },
    { type: 'integer', minimum: 1, maximum: 12 },
    { type: 'integer', minimum: 1, maximum: 31 },
  ],
  minItems: 1,
  additionalItems: false,
}

const date = {
  type: 'object',
  properties: { 'date-parts': { type: 'array', items: dateParts, minItems: 1, maxItems: 2 } },
  required: ['date-parts'],
  additionalProperties: false,
}

export const cslTypes = list(types)

export const cslDataSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'array',
  items: {
    type: 'object',
    properties: {
      id: text,
      type: { enum: cslTypes },
      custom: { type: 'object' },
      categories: { type: 'array', items: text },
      ...each(texts, text),
      ...each(numbers, { anyOf: [text, { type: 'number' }] }),
      ...each(names, { type: 'array', items: name, minItems: 1 }),
      ...each(dates, date),
    },
    required: ['id', 'type'],
    additionalProperties: false,
  },
}
