import { decodeEntities, escapeAttribute } from './html-text.ts'
import { rawIdPrefix } from './sanitize.ts'

// The html is ours: every `<` begins a tag, and values stand between double quotes.
const linkedTag = /<[a-z][a-z0-9]* [^<>]*(?:href="#|aria-labelledby="|headers=")[^<>]*>/g
const link = / (href="#|aria-labelledby="|headers=")([^"]*)"/g

/**
 * Html whose links within the article lead to elements of the author's, too: their ids have a prefix. What is an id of
 * ours stays one.
 *
 * @param ids all that the article has
 */
export function withRawIdLinks(html: string, ids: ReadonlySet<string>): string {
  const renamed = (id: string) =>
    !ids.has(id) && ids.has(`${rawIdPrefix}${id}`) ? `${rawIdPrefix}${id}` : null
  return html.replace(linkedTag, (tag) =>
    tag.replace(link, (attribute, name: string, value: string) => {
      const given = decodeEntities(value)
      if (name.startsWith('href')) {
        const id = renamed(decoded(given))
        return id === null ? attribute : ` ${name}${escapeAttribute(encodeURI(id))}"`
      }
      const words = given.split(/\s+/).map((id) => renamed(id) ?? id)
      return ` ${name}${escapeAttribute(words.join(' '))}"`
    }),
  )
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
