// Each in braces of its own: a control word then ends where it should, and readers that swallow the blank after a
// control sequence leave it. Braces are words, as BibTeX counts `\{` as an opening one.
const escapes: Record<string, string> = {
  '\\': '{\\textbackslash}',
  '{': '{\\textbraceleft}',
  '}': '{\\textbraceright}',
  '~': '{\\textasciitilde}',
  '^': '{\\textasciicircum}',
  '&': '{\\&}',
  '%': '{\\%}',
  $: '{\\$}',
  '#': '{\\#}',
  _: '{\\_}',
}

// `--` would print a dash, ``` `` ``` and `''` quotation marks, `,,`, `<<`, `>>`, `?``, `!`` theirs.
const ligatures = /(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)/g

/** Text for a BibTeX field that LaTeX prints as it is; its braces are balanced whatever the text. UTF-8. */
export function latexText(text: string): string {
  return text.replace(/[\\{}~^&%$#_]/g, (char) => escapes[char] ?? char).replace(ligatures, '{}')
}

/** A text that is one unit: case is kept, ` and ` separates no list, commas no parts of a name. */
export function latexUnit(text: string): string {
  return `{${latexText(text)}}`
}

// Elsewhere than in a url, a percent sign is one: `10.1002/(SICI)…43:4<338::AID…` would come back as `43:4%3C338…`.
const verbatimEscapes: Record<string, string> = { '\\': '%5C', '{': '%7B', '}': '%7D' }

/** An address or identifier for a field that is not typeset (`url`, `doi`, `eprint`): raw but for braces and backslash. */
export function latexVerbatim(text: string): string {
  return text.replace(/[\\{}]/g, (char) => verbatimEscapes[char] ?? char)
}
