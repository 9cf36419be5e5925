import type { Json } from '../json.ts'

/**
 * A front matter value together with how it was written. Text fields are read from `text`, so that `slug: 0123` and
 * `title: 1.10` stay what their author typed.
 */
export interface SourceNode {
  value: Json
  /** A scalar as written (without its quotes); null for lists, mappings and null itself. */
  text: string | null
  /** Offset in the document of the value; of its key where a value is missing. */
  offset: number
  /** Was the scalar quoted or a block scalar, hence meant as text? */
  quoted: boolean
  entries: SourceEntry[] | null
  items: SourceNode[] | null
}

/** One key of a mapping. */
export interface SourceEntry {
  key: string
  keyOffset: number
  node: SourceNode
}
