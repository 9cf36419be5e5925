const token =
  /[ \t\r\n]*(?:([{}[\]:,])|"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y

/**
 * The offset at which a text stops being JSON (RFC 8259), or null when all of it is. V8 tells the place of some errors
 * only.
 */
export function jsonErrorOffset(json: string): number | null {
  const open: ('{' | '[')[] = []
  let expected: 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' = 'value'
  token.lastIndex = 0
  for (;;) {
    const at = token.lastIndex
    const match = token.exec(json)
    if (!match)
      return restIsBlank(json, at) && expected === ', or end' && open.length === 0 ? null : offsetOf(json, at)
    const mark = match[1] ?? (match[0].trimStart().startsWith('"') ? 'string' : 'scalar')
    const container = open.at(-1)
    if (mark === (container === '{' ? '}' : ']') && container && /or [}\]]|or end/.test(expected)) {
      open.pop()
      expected = ', or end'
    } else if (expected.startsWith('value') && (mark === '{' || mark === '[')) {
      open.push(mark)
      expected = mark === '{' ? 'key or }' : 'value or ]'
    } else if (expected.startsWith('value') && (mark === 'string' || mark === 'scalar')) expected = ', or end'
    else if (expected.startsWith('key') && mark === 'string') expected = ':'
    else if (expected === ':' && mark === ':') expected = 'value'
    else if (expected === ', or end' && mark === ',' && container)
      expected = container === '{' ? 'key' : 'value'
    else return offsetOf(json, at)
  }
}

function offsetOf(json: string, at: number): number {
  return at + (/^[ \t\r\n]*/.exec(json.slice(at))?.[0].length ?? 0)
}

function restIsBlank(json: string, at: number): boolean {
  return /^[ \t\r\n]*$/.test(json.slice(at))
}
