import { AppError } from '#src/platform/errors.ts'

/** The header in which a method's types are announced (RFC 5789 §3.1; the W3C's LDP §7.1 for Accept-Post). */
const ACCEPT_HEADERS: Readonly<Record<string, string>> = { POST: 'accept-post', PATCH: 'accept-patch' }

/** The header that names what a method takes. `Accept` in an answer is RFC 9110 §12.5.1's. */
export const acceptHeader = (method: string, types: readonly string[]): Record<string, string> =>
  types.length === 0 ? {} : { [ACCEPT_HEADERS[method] ?? 'accept']: types.join(', ') }

/** 400. The address can't be percent-decoded; the first part that can't is named. */
export const invalidUrl = (url: string) => {
  const [part = url] = /%(?![0-9a-f]{2})[^&/]{0,2}|(?:%[89a-f][0-9a-f])+/i.exec(url) ?? []
  return new AppError(
    'invalid_url',
    400,
    `The address ${JSON.stringify(url.slice(0, 200))} can’t be decoded at ${JSON.stringify(part.slice(0, 30))}. Percent-encode UTF-8; a percent sign itself is %25.`,
  )
}

/** 400. The bytes on the wire are no HTTP. */
export const malformedRequest = (detail = 'The request is not valid HTTP.') =>
  new AppError('malformed_request', 400, detail)

/** 400. There is no body, and there must be one. */
export const emptyBody = (method: string, types: readonly string[]) =>
  new AppError('empty_body', 400, `The body is empty. Send ${listInWords(types, 'or')}.`, {
    headers: acceptHeader(method, types),
  })

/** 404. No route has this path. */
export const routeNotFound = (path: string) =>
  new AppError(
    'route_not_found',
    404,
    `There is nothing at ${path.slice(0, 200)}. The API is described at /docs.`,
  )

/** 405. The path has other methods. */
export const methodNotAllowed = (method: string, path: string, allowed: readonly string[]) =>
  new AppError(
    'method_not_allowed',
    405,
    `${method} is not possible at ${path.slice(0, 200)}. Allowed: ${allowed.join(', ')}.`,
    { headers: { allow: allowed.join(', ') } },
  )

/** 406. None of the types that can be given is accepted. */
export const notAcceptable = (accept: string, types: readonly string[]) =>
  new AppError(
    'not_acceptable',
    406,
    `This can be given as ${listInWords(types, 'or')}, not as ${accept.slice(0, 200)}.`,
    { extensions: { acceptable: types } },
  )

/** 408. The request did not arrive in time. */
export const requestTimeout = () =>
  new AppError('request_timeout', 408, 'The request was not complete in time.')

/** 413. `maxBytes` is the most that a body may have. */
export const bodyTooLarge = (maxBytes: number) =>
  new AppError(
    'body_too_large',
    413,
    `The body has more than ${maxBytes / 1024 / 1024} MiB (${maxBytes.toLocaleString('en')} bytes).`,
  )

/** 414. `what` is too long, as the beginning of a sentence. */
export const urlTooLong = (what: string) =>
  new AppError('url_too_long', 414, `${what}; 8 KiB are the most, and 200 characters for a name in the path.`)

/** 415. `sent` is the Content-Type that came. */
export const unsupportedMediaType = (method: string, sent: string | undefined, types: readonly string[]) => {
  const body =
    sent === undefined ? 'The body has no Content-Type' : `The body is ${JSON.stringify(sent.slice(0, 200))}`
  const accepted = types.length === 0 ? 'this accepts no such body' : `this accepts ${listInWords(types)}`
  return new AppError('unsupported_media_type', 415, `${body}; ${accepted}.`, {
    headers: acceptHeader(method, types),
  })
}

/** 415. Text is UTF-8 here. */
export const unsupportedCharset = (method: string, charset: string, types: readonly string[]) =>
  new AppError(
    'unsupported_media_type',
    415,
    `The body’s charset is ${JSON.stringify(charset.slice(0, 40))}; only utf-8 is read here.`,
    { headers: acceptHeader(method, types) },
  )

/** 415. Bodies come as they are (RFC 9110 §15.5.16 has Accept-Encoding say so). */
export const unsupportedEncoding = (coding: string) =>
  new AppError(
    'unsupported_media_type',
    415,
    `The body’s Content-Encoding is ${JSON.stringify(coding.slice(0, 40))}; send it uncompressed.`,
    { headers: { 'accept-encoding': 'identity' } },
  )

/** 431. `maxBytes` is the most that the headers may have. */
export const headersTooLarge = (maxBytes: number) =>
  new AppError('headers_too_large', 431, `The headers have more than ${Math.floor(maxBytes / 1024)} KiB.`)

/** 500. Says nothing of what happened: that is in the log. */
export const internalError = (cause: unknown) =>
  new AppError('internal', 500, 'Something went wrong. It is in the log under this request’s id.', { cause })

/** 503. The server is starting or stopping, or too slow. */
export const unavailable = (detail: string) =>
  new AppError('unavailable', 503, detail, { headers: { 'retry-after': '1' } })

/** `application/json, text/markdown and text/html`: a list for a sentence. */
function listInWords(items: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${conjunction} ${last}`
}
