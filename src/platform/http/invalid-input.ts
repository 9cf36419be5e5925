import { AppError, type FieldError } from '#src/platform/errors.ts'
import { type NotedIssue, typeInWords } from './issue-words.ts'
import { jsonPointer } from './json-pointer.ts'
import { didYouMean, nearestName } from './nearest-name.ts'

/** More than anybody reads; 10,000 wrong tags are told by the first of them. */
const MAX_ERRORS = 50
/** A key of a megabyte is not sent back whole. */
const MAX_NAME = 200

type Part = FieldError['in']

/**
 * 400 for a parameter, header or path; 422 for a body. One entry for each unknown name, with the nearest known
 * one; of a union the branch that came furthest.
 */
export function invalidInput(part: Part, issues: readonly NotedIssue[]): AppError {
  const errors = [...fieldErrors(issues, part, [])].slice(0, MAX_ERRORS)
  const detail = summary(errors)
  return part === 'body'
    ? new AppError('invalid_body', 422, detail, { errors })
    : new AppError('invalid_parameters', 400, detail, { errors })
}

function summary(errors: readonly FieldError[]): string {
  const [first, ...others] = errors
  if (first === undefined) return 'The request is not valid.'
  const named = first.path === '' || first.message.includes(JSON.stringify(first.path.replace(/^.*\//, '')))
  const sentence = named ? first.message : `${first.path}: ${first.message}`
  return others.length === 0 ? sentence : `${sentence} (and ${others.length} more)`
}

/** Lazy: what lies beyond the most that is told costs nothing. */
function* fieldErrors(
  issues: readonly NotedIssue[],
  part: Part,
  base: readonly PropertyKey[],
): Generator<FieldError> {
  for (const issue of unknownFirst(issues)) {
    const path = [...base, ...issue.path]
    if (issue.code === 'unrecognized_keys') yield* unknownNames(issue, part, path)
    else if (issue.code === 'invalid_union') yield* unionErrors(issue, part, path)
    else yield fieldError(issue, part, path)
  }
}

/** A slip in a name is the cause of the field that is then missing. */
const unknownFirst = (issues: readonly NotedIssue[]): readonly NotedIssue[] => [
  ...issues.filter(({ code }) => code === 'unrecognized_keys'),
  ...issues.filter(({ code }) => code !== 'unrecognized_keys'),
]

function* unknownNames(
  issue: NotedIssue & { code: 'unrecognized_keys' },
  part: Part,
  path: readonly PropertyKey[],
): Generator<FieldError> {
  const kind = part === 'body' ? 'field' : 'parameter'
  for (const name of issue.keys) {
    const shown = JSON.stringify(name.slice(0, MAX_NAME))
    yield {
      in: part,
      path: place(part, [...path, name.slice(0, MAX_NAME)]),
      message: `Unknown ${kind} ${shown}.${didYouMean(name, issue.known ?? [])}`,
      code: `unknown_${kind}`,
    }
  }
}

/**
 * What a union has to say: the errors of the branch that came furthest into the value, since that is the one that
 * was meant; where none came anywhere, the types that all of them wanted.
 */
function* unionErrors(
  issue: NotedIssue & { code: 'invalid_union' },
  part: Part,
  path: readonly PropertyKey[],
): Generator<FieldError> {
  const branches: readonly NotedIssue[][] = issue.errors
  const furthest = Math.max(0, ...branches.map(reach))
  if (furthest > 0) {
    const [best = []] = branches.filter((one) => reach(one) === furthest).sort((a, b) => a.length - b.length)
    yield* fieldErrors(best, part, path)
    return
  }
  const others = branches.flat().filter((one) => one.code !== 'invalid_type')
  if (others.length > 0 && others.length < branches.flat().length) {
    // The value had the type of one branch and broke its rule: that rule is the news.
    yield* fieldErrors(others, part, path)
    return
  }
  const types = branches
    .flat()
    .flatMap((one) => (one.code === 'invalid_type' ? [typeInWords(one.expected)] : []))
  const expected = [...new Set(types)].join(' or ')
  yield {
    in: part,
    path: place(part, path),
    message: expected === '' ? issue.message : `Expected ${expected}.`,
    code: 'invalid_type',
  }
}

/** How deep a branch's errors lie; an unknown key is half a step, since the object itself did fit. */
function reach(issues: readonly NotedIssue[]): number {
  const depths = issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 0.5 : 0))
  return Math.max(0, ...depths)
}

function fieldError(issue: NotedIssue, part: Part, path: readonly PropertyKey[]): FieldError {
  const where = { in: part, path: place(part, path) }
  if (issue.code === 'invalid_type' && issue.found === 'nothing') {
    return { ...where, message: issue.message, code: 'required' }
  }
  // Where a list is expected, its length or its items are at fault, not that there are several.
  const isUnexpectedList = issue.found === 'list' && ['invalid_type', 'invalid_value'].includes(issue.code)
  if (part === 'query' && isUnexpectedList && path.length === 1) {
    return { ...where, message: 'This stands more than once; give it once.', code: 'repeated_parameter' }
  }
  if (issue.code === 'invalid_value') {
    return { ...where, message: `${issue.message}${suggestion(issue)}`, code: 'invalid_value' }
  }
  return { ...where, message: issue.message, code: ownCode(issue) }
}

function suggestion(issue: NotedIssue & { code: 'invalid_value' }): string {
  if (typeof issue.input !== 'string') return ''
  const near = nearestName(
    issue.input,
    issue.values.filter((value) => typeof value === 'string'),
  )
  return near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`
}

/** A rule of ours names itself: `.refine(…, { params: { code: 'nul_character' } })`. */
function ownCode(issue: NotedIssue): string {
  if (issue.code !== 'custom') return issue.code
  const code: unknown = issue.params?.code
  return typeof code === 'string' ? code : 'invalid_value'
}

const place = (part: Part, path: readonly PropertyKey[]): string =>
  part === 'body' ? jsonPointer(path) : String(path[0] ?? '')
