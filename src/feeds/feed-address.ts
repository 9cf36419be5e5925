/**
 * The address of a feed: this API's, the path, and the parameters in one order, as they were sent. (Encoding them anew
 * would change them: a comma that is percent-encoded divides no list.)
 */
export function feedAddress(apiUrl: string, requestUrl: string): string {
  const { path, parameters } = partsOf(requestUrl)
  return addressOf(apiUrl + path, parameters)
}

/** The address of the page of a feed that begins at `cursor`; null: of its first page. */
export function feedPageAddress(apiUrl: string, requestUrl: string, cursor: string | null): string {
  const { path, parameters } = partsOf(requestUrl)
  const others = parameters.filter((parameter) => !parameter.startsWith('cursor='))
  return addressOf(apiUrl + path, cursor === null ? others : [...others, `cursor=${cursor}`])
}

function partsOf(requestUrl: string) {
  const [path = '', query = ''] = requestUrl.split('?', 2)
  return { path, parameters: query.split('&').filter((parameter) => parameter !== '') }
}

const nameOf = (parameter: string) => parameter.split('=', 1)[0] ?? ''

/** By name alone: of a parameter that is given twice, the order may matter. */
function addressOf(path: string, parameters: readonly string[]): string {
  const sorted = parameters.toSorted((one, other) => {
    const [a, b] = [nameOf(one), nameOf(other)]
    return a < b ? -1 : a > b ? 1 : 0
  })
  return sorted.length === 0 ? path : `${path}?${sorted.join('&')}`
}
