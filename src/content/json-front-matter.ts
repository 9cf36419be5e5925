import { jsonErrorOffset } from './json-syntax.ts'
import { type ParsedBlock, parseYamlBlock } from './yaml-front-matter.ts'

/**
 * Reads JSON front matter (RFC 8259). JSON decides what is valid; since YAML 1.2 is a superset, the YAML reader then
 * gives the places of its keys and finds those that are given twice.
 */
export function parseJsonBlock(json: string, offset: number): ParsedBlock {
  const at = jsonErrorOffset(json)
  if (at !== null) {
    const what = at >= json.length ? 'its end' : JSON.stringify(json.charAt(at))
    const message = `The front matter is not valid JSON: ${what} is unexpected.`
    return { root: null, issues: [{ code: 'front_matter_syntax', message, offset: offset + at }] }
  }
  return parseYamlBlock(json.replaceAll('\t', ' '), offset)
}
