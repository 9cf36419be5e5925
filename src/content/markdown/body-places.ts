import type { Token } from 'marked'
import { lineStarts, type Position, positionAt } from '../text-position.ts'
import { childBlocks } from './child-blocks.ts'
import { type DefinitionToken, isDefinition } from './footnotes.ts'

/**
 * Where the parts of a body stand in its document. Lexing keeps each block's source, so the places of top-level blocks
 * are the sums of their lengths; what is inside is looked for from there on.
 */
export class BodyPlaces {
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #firstLine: number
  #starts: readonly number[] | null = null
  #blocks: ReadonlyMap<Token, number> | null = null
  #definitions: ReadonlyMap<DefinitionToken, number> | null = null
  #references: ReadonlyMap<string, number> | null = null

  /**
   * @param text as it was lexed
   * @param tokens all of its top-level blocks
   * @param firstLine the document's line on which the text starts
   */
  constructor(text: string, tokens: readonly Token[], firstLine: number) {
    this.#text = text
    this.#tokens = tokens
    this.#firstLine = firstLine
  }

  /** The place of an offset into the text. */
  at(offset: number): Position {
    this.#starts ??= lineStarts(this.#text)
    const { line, column } = positionAt(this.#starts, offset)
    return { line: this.#firstLine + line - 1, column }
  }

  /** The place of a line inside a top-level block. */
  inBlock(block: Token, needle: string): Position | null {
    this.#blocks ??= this.#offsetsOfBlocks()
    const [line = ''] = needle.trimStart().split('\n', 1)
    return this.#found(this.#text.indexOf(line, this.#blocks.get(block) ?? 0))
  }

  /** Finds, one after the other, what stands in a top-level block. */
  within(block: Token): (needle: string) => Position | null {
    this.#blocks ??= this.#offsetsOfBlocks()
    let cursor = this.#blocks.get(block) ?? 0
    return (needle) => {
      const [line = ''] = needle.split('\n', 1)
      const found = this.#text.indexOf(line, cursor)
      if (found >= 0) cursor = found + line.length
      return this.#found(found)
    }
  }

  /** The place of a note's definition. */
  ofDefinition(definition: DefinitionToken): Position | null {
    this.#definitions ??= this.#offsetsOfDefinitions()
    const known = this.#definitions.get(definition)
    return this.#found(known ?? this.#text.indexOf(definition.raw.slice(0, 200)))
  }

  /** The place of the first reference to a label. */
  ofReference(label: string): Position | null {
    this.#references ??= this.#offsetsOfReferences()
    return this.#found(this.#references.get(label) ?? -1)
  }

  #found(offset: number): Position | null {
    return offset < 0 ? null : this.at(offset)
  }

  #offsetsOfBlocks(): ReadonlyMap<Token, number> {
    const offsets = new Map<Token, number>()
    let at = 0
    for (const token of this.#tokens) {
      offsets.set(token, at)
      at += token.raw.length
    }
    return offsets
  }

  #offsetsOfDefinitions(): ReadonlyMap<DefinitionToken, number> {
    this.#blocks ??= this.#offsetsOfBlocks()
    const offsets = new Map<DefinitionToken, number>()
    for (const [block, start] of this.#blocks) {
      let cursor = start
      for (const definition of definitionsIn([block])) {
        const [line = ''] = definition.raw.trimStart().split('\n', 1)
        const found = this.#text.indexOf(line, cursor)
        if (found < 0) continue
        offsets.set(definition, found)
        cursor = found + line.length
      }
    }
    return offsets
  }

  #offsetsOfReferences(): ReadonlyMap<string, number> {
    const offsets = new Map<string, number>()
    for (const match of this.#text.matchAll(/\[\^([^[\]\n]{1,200})\]/g)) {
      const label = (match[1] ?? '').trim()
      if (!offsets.has(label)) offsets.set(label, match.index)
    }
    return offsets
  }
}

function* definitionsIn(tokens: readonly Token[]): Generator<DefinitionToken> {
  for (const token of tokens) {
    if (isDefinition(token)) {
      yield token
      yield* definitionsIn(token.tokens)
    } else yield* definitionsIn(childBlocks(token))
  }
}
