/** A path as a JSON Pointer (RFC 6901): `['meta', 'a/b', 0]` is `/meta/a~1b/0`. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
