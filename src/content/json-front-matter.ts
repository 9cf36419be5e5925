import { type ParsedBlock, parseYamlBlock } from './yaml-front-matter.ts'

/**
 * Reads JSON front matter (RFC 8259). JSON decides what is valid; since YAML 1.2 is a superset, the YAML reader then
 * gives the places of its keys and finds those that are given twice.
 */
export function parseJsonBlock(json: string, offset: number): ParsedBlock {
  try {
    JSON.parse(json)
  } catch (error) {
    const at = placeOf(error, json)
    const message = `The front matter is not valid JSON${at === null ? '' : `: ${JSON.stringify(json.charAt(at)) || 'its end'} is unexpected`}.`
    return { root: null, issues: [{ code: 'front_matter_syntax', message, offset: offset + (at ?? 0) }] }
  }
  return parseYamlBlock(json.replaceAll('\t', ' '), offset)
}

function placeOf(error: unknown, json: string): number | null {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message) : null
  if (position) return Number(position[1])
  return error instanceof Error && error.message.includes('end of JSON') ? json.length : null
}
