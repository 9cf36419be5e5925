/** A `Content-Type` as far as it matters here (RFC 9110 §8.3.1), in lower case. */
export interface ContentType {
  mediaType: string
  charset: string | undefined
}

/** Reads a `Content-Type` header; a malformed one gives a media type that no route lists. */
export function parseContentType(header: string): ContentType {
  const [mediaType = '', ...parameters] = header.split(';')
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined)
  return { mediaType: mediaType.trim().toLowerCase(), charset: charset?.toLowerCase() }
}
