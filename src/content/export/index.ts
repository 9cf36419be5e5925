/** Citations and articles in the formats of reference managers. Pure; loads neither parsers nor renderer. */
export * from './bibliographic-item.ts'
export { bibtex } from './bibtex.ts'
export { type CslDate, cslJson } from './csl-json.ts'
export { ris } from './ris.ts'
