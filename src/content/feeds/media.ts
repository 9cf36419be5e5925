import type { FeedImage } from './feed.ts'
import { element, emptyElement, textElement } from './xml.ts'

/** The namespace of Media RSS 1.5.1, which Atom and RSS readers look for pictures in. */
export const MEDIA_NAMESPACE = 'http://search.yahoo.com/mrss/'

/** The picture of an article, in Atom as in RSS: `enclosure` would need its size in bytes. */
export function mediaContent(image: FeedImage | null): string {
  if (image === null) return ''
  const attributes = {
    url: image.url,
    medium: 'image',
    width: image.width?.toString() ?? null,
    height: image.height?.toString() ?? null,
  }
  const about =
    textElement('media:description', image.alt, { type: 'plain' }) + textElement('media:credit', image.credit)
  return about === ''
    ? emptyElement('media:content', attributes)
    : element('media:content', `\n${about}`, attributes)
}
