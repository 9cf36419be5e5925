/** How much an article may hold. Lengths are in UTF-16 code units, as JavaScript and JSON Schema count. */
export const limits = {
  title: 500,
  summary: 5_000,
  body: 5 * 1024 * 1024,
  url: 2_000,
  locale: 35,
  translationKey: 200,
  terms: 100,
  termName: 200,
  /** A name as it is compared (NFKC, case folded), in UTF-8. */
  termNameBytes: 2_000,
  citations: 5_000,
  /** References to notes in one text. */
  references: 20_000,
  citationLabel: 200,
  citationText: 20_000,
  citationField: 2_000,
  citationAuthors: 1_000,
  /** Width and height of a picture, in pixels. */
  imageSize: 1_000_000,
  /** `meta` as JSON. */
  metaCharacters: 262_144,
  aliases: 100,
} as const
