import type { YAMLError } from 'yaml'
import type { SyntaxIssue } from './yaml-front-matter.ts'

/**
 * The `yaml` package's error in the words of somebody who writes stories, with what to write instead where the line
 * tells it.
 *
 * @param yaml the text that was parsed
 * @param offset where that text starts in its document
 */
export function yamlIssue(error: YAMLError, yaml: string, offset: number): SyntaxIssue {
  const at = Math.min(error.pos[0], yaml.length)
  if (error.code === 'RESOURCE_EXHAUSTION') {
    return {
      code: 'front_matter_too_complex',
      message: 'The front matter is nested too deeply.',
      offset: offset + at,
    }
  }
  const line = lineAround(yaml, at)
  const suggestion = suggestedLine(line, yaml)
  const issue: SyntaxIssue = {
    code: 'front_matter_syntax',
    message: `The front matter is not valid YAML: ${words(error)}`,
    offset: offset + at,
  }
  return suggestion === null ? issue : { ...issue, hint: suggestion }
}

const inWords: Partial<Record<YAMLError['code'], string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a value holds a colon and a blank, or a list is indented unevenly.',
  TAB_AS_INDENT: 'a line is indented with a tab.',
  MULTIPLE_DOCS: 'a line begins with --- and goes on.',
  MULTILINE_IMPLICIT_KEY: 'a line is neither "key: value" nor the continuation of one.',
  BAD_ALIAS: 'text after * or & must be a name.',
  BAD_INDENT: 'a bracket is not closed, or a line is indented unevenly.',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins no known escape.',
}

function words(error: YAMLError): string {
  const known = inWords[error.code]
  if (known !== undefined) return known
  if (error.code === 'UNEXPECTED_TOKEN' && error.message.includes('at node end')) {
    return 'text follows a value that has ended already.'
  }
  if (error.code === 'MISSING_CHAR' && error.message.includes('closing')) return 'a quote is not closed.'
  const [first = 'it can not be read'] = error.message.split(/\n| at line /, 1)
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}.`
}

function lineAround(yaml: string, at: number): string {
  const start = yaml.lastIndexOf('\n', at - 1) + 1
  const end = yaml.indexOf('\n', at)
  return yaml.slice(start, end < 0 ? yaml.length : end).trimEnd()
}

const keyAndValue = /^(\s*(?:- )?[\p{L}\p{N}_-]+):[ \t]+(\S.*)$/u

function suggestedLine(line: string, yaml: string): string | null {
  const fullWidth = fullWidthColon(yaml)
  if (fullWidth !== null) return fullWidth
  if (/^\s*\t/.test(line)) return 'Indent with blanks instead of tabs.'
  const match = keyAndValue.exec(line)
  const key = match?.[1]
  const value = match?.[2]
  if (key === undefined || value === undefined || /^[|>]/.test(value)) return null
  // The quotes that are there already are part of what went wrong: 'it's' or "a" b.
  const quoted = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return quoted.length > 120
    ? `Put the value of ${key.trim()} in quotes.`
    : `Put the value in quotes: ${key.trim()}: "${quoted}"`
}

/** `tags：` with the colon of Chinese type is no key to YAML. Names the first such line, or null. */
export function fullWidthColon(yaml: string): string | null {
  const match = /^[ \t]*([\p{L}\p{N}_-]{1,40})：(.*)$/mu.exec(yaml)
  if (!match) return null
  return `"${match[1]}：" has a full-width colon: write "${match[1]}: ${(match[2] ?? '').trim().slice(0, 60)}".`
}
