import type { Token, Tokens } from 'marked'
import { normalizeLabel } from '../citations/citations.ts'
import { type Finding, warning } from '../finding.ts'
import type { BodyPlaces } from './body-places.ts'
import { childBlocks } from './child-blocks.ts'
import { isCjk } from './cjk.ts'
import { isDefinition } from './footnotes.ts'

/**
 * May this be the address of a link definition? `[编者按]:本文首发于某某。` is prose: marked would take it for a
 * definition, and nobody would read it.
 */
export function isAddressLike(address: string): boolean {
  return /[/\\.#?@:]/.test(address) || ![...address].some(isCjk)
}

// How authors write what is meant for nobody: `[//]: # (remark)`, `[#]: author: (x)`, `[comment]: <> (remark)`.
const remark = /^(?:\/\/|#|comment)$/i

/**
 * The link definitions that nothing refers to, and those that another of their label precedes: readers don't see them.
 * @param used labels that the text refers to
 */
export function* linkDefinitionFindings(
  blocks: readonly Token[],
  used: ReadonlySet<string>,
  places: BodyPlaces,
): Generator<Finding> {
  const known = new Set<string>()
  for (const block of blocks) {
    const definitions = [...linkDefinitions([block])]
    if (definitions.length === 0) continue
    const placeOf = places.within(block)
    for (const { tag, raw } of definitions) {
      const place = placeOf(raw)
      const label = /^ {0,3}\[((?:\\.|[^\]\\])*)\]/.exec(raw)?.[1] ?? tag
      const isFirst = !known.has(normalizeLabel(tag))
      known.add(normalizeLabel(tag))
      if (remark.test(label) || (isFirst && used.has(normalizeLabel(tag)))) continue
      const why = isFirst ? 'nothing refers to it' : 'it is not the first of its name'
      const message = `The link definition [${label}] is not shown: ${why}.`
      yield warning(
        'link-definition-unused',
        message,
        place,
        `Write [${label}] where it belongs, or a note: [^${label}].`,
      )
    }
  }
}

function* linkDefinitions(tokens: readonly Token[]): Generator<Tokens.Def> {
  for (const token of tokens) {
    if (token.type === 'def') yield token as Tokens.Def
    else yield* linkDefinitions(isDefinition(token) ? token.tokens : childBlocks(token))
  }
}
