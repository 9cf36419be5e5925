export { saveCitations, saveCitedSources } from './save-citations.ts'
export { Citation, CitationInput } from './schemas.ts'
