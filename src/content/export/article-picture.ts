import { decodeEntities } from '../markdown/html-text.ts'
import { publicAddress } from './public-address.ts'

/** A picture of an article; width and height in pixels. */
export interface Picture {
  url: string
  alt: string | null
  caption: string | null
  credit: string | null
  width: number | null
  height: number | null
}

/** What of an article shows how it looks. */
export interface PicturedArticle {
  featuredImage: Picture | null
  /** Its text, as rendered. */
  html: string
}

/**
 * The picture that stands for an article elsewhere: its featured image, else the first of its text that others can
 * load. Its address is absolute: see {@link publicAddress}.
 */
export function articlePicture(
  { featuredImage, html }: PicturedArticle,
  mediaBaseUrl: string,
): Picture | null {
  if (featuredImage !== null) {
    const url = publicAddress(featuredImage.url, mediaBaseUrl)
    if (url !== null) return { ...featuredImage, url }
  }
  for (const [image] of html.matchAll(/<img\b[^>]*>/gi)) {
    const { src = '', alt = '', width, height } = attributesOf(image)
    const url = src === '' ? null : publicAddress(src, mediaBaseUrl)
    if (url === null) continue
    const size = { width: pixelsOf(width), height: pixelsOf(height) }
    return { url, alt: alt === '' ? null : alt, caption: null, credit: null, ...size }
  }
  return null
}

/** The html is ours: values stand between double quotes, and no `>` in them. */
function attributesOf(element: string): Partial<Record<string, string>> {
  const pairs = element.matchAll(/\s([a-z]+)="([^"]*)"/gi)
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, decodeEntities(value)]))
}

const pixelsOf = (value: string | undefined): number | null =>
  value !== undefined && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : null
