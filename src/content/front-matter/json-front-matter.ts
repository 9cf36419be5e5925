import { findJsonFault } from './json-faults.ts'
import { type ParsedBlock, parseYamlBlock } from './yaml-front-matter.ts'

/**
 * Reads JSON front matter (RFC 8259). JSON decides what is valid; since YAML 1.2 is a superset, the YAML reader then
 * gives the places of its keys and finds those that are given twice.
 */
export function parseJsonBlock(json: string, offset: number): ParsedBlock {
  const fault = findJsonFault(json, MAX_DEPTH)
  if (fault?.code === 'syntax') {
    const message = `The front matter is not valid JSON: ${fault.message}`
    return { root: null, issues: [{ code: 'front_matter_syntax', message, offset: offset + fault.offset }] }
  }
  return parseYamlBlock(json.replaceAll('\t', ' '), offset)
}

/** As deep as YAML's: beyond, its reader refuses by itself. */
const MAX_DEPTH = 100
