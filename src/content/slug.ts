import { createRequire } from 'node:module'
import type { pinyin } from 'pinyin-pro'

/** Words that are operations below `/v1/articles/`, and hence no slugs. */
const reservedWords = new Set(['bulk', 'export', 'import', 'render', 'search', 'snapshot', 'stream'])
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const maxLength = 200
const maxTitleSlugLength = 80

/**
 * What keeps a text from being a slug, in words; null when nothing does. A slug is 1–200 lower-case letters of any
 * script, digits and hyphens, in NFC, not in the shape of a UUID, and not the name of an operation.
 */
export function slugProblem(slug: string): string | null {
  if (slug === '') return 'A slug is not empty.'
  if ([...slug].length > maxLength) return `A slug has at most ${maxLength} characters.`
  if (slug !== slug.normalize('NFC')) return 'A slug is in Unicode normal form C.'
  const bad = /[^\p{L}\p{M}\p{Nd}-]/u.exec(slug)?.[0]
  if (bad !== undefined)
    return `A slug is made of letters, digits and hyphens: ${inWords(bad)} is none of them.`
  if (slug !== slug.toLowerCase() || /\p{Lt}/u.test(slug)) return 'A slug is in lower case.'
  if (!/[\p{L}\p{Nd}]/u.test(slug)) return 'A slug has at least one letter or digit.'
  if (uuid.test(slug)) return 'A slug does not look like an id (UUID).'
  if (reservedWords.has(slug)) return `"${slug}" is the name of an operation.`
  return null
}

/** Is this text a slug as it stands? */
export function isSlug(slug: string): boolean {
  return slugProblem(slug) === null
}

/**
 * The slug of a title: Chinese in pinyin without tones, Latin letters without accents, other scripts as they are,
 * words joined by hyphens; at most 80 characters, cut between words. Always a slug; a title without letters gives
 * `article`.
 */
export function slugFromTitle(title: string): string {
  return usable(cutAtHyphen(hyphenated(romanized(title)), maxTitleSlugLength), 'article')
}

/** The slug of a tag, topic or author, by the rules of titles. */
export function termSlug(name: string): string {
  return usable(cutAtHyphen(hyphenated(romanized(spokenSymbols(name))), maxTitleSlugLength), 'term')
}

/**
 * What a front matter slug or a file name means as a slug: percent-decoded, the last part of a path, lower case,
 * everything else a hyphen. Null when no letter or digit is left. Ids and names of operations stay: see `slugProblem`.
 */
export function cleanSlug(raw: string): string | null {
  const parts = decoded(raw).split(/[/\\]/)
  const last = parts.findLast((part) => /[\p{L}\p{Nd}]/u.test(part)) ?? ''
  const slug = cutAtHyphen(hyphenated(last), maxLength)
  return slug === '' ? null : slug
}

function usable(slug: string, fallback: string): string {
  if (slug === '') return fallback
  return slugProblem(slug) === null ? slug : cutAtHyphen(`${fallback}-${slug}`, maxTitleSlugLength)
}

function hyphenated(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/(?<=[\p{L}\p{Nd}])['’](?=\p{L})/gu, '')
    .replace(/[\p{Cf}\p{Lt}]/gu, '')
    .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, '-')
    .replace(/(?<![\p{L}\p{Nd}\p{M}])\p{M}+/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')
}

function cutAtHyphen(slug: string, max: number): string {
  const characters = [...slug]
  if (characters.length <= max) return slug
  const cut = characters.slice(0, max + 1).join('')
  const hyphen = cut.lastIndexOf('-')
  const shortened = hyphen > 0 ? cut.slice(0, hyphen) : characters.slice(0, max).join('')
  return shortened.replace(/-+$/, '')
}

/** Chinese in pinyin without tones, Latin letters without accents; other scripts, and Japanese, as they are. */
export function romanized(text: string): string {
  const latin = text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin}\p{M}*)\p{M}+/gu, '')
    .normalize('NFC')
  // Han characters beside kana are read as Japanese, which pinyin is not.
  if (!/\p{Script=Han}/u.test(latin) || /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(latin)) return latin
  return pinyinOf(latin)
}

/** `C++`, `C#` and `.NET` are not all `c` and `net`. */
function spokenSymbols(name: string): string {
  return name
    .replaceAll('++', ' plus plus ')
    .replace(/(?<=\p{L})#/gu, ' sharp ')
    .replace(/(?<!\S)\.(?=\p{L})/gu, 'dot ')
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

function inWords(char: string): string {
  const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return /[\p{Z}\p{C}]/u.test(char) ? code : `"${char}"`
}

const require = createRequire(import.meta.url)
let pinyinPro: { pinyin: typeof pinyin } | null = null

function pinyinOf(text: string): string {
  // Its dictionary takes 50 ms to load: not before the first Chinese title.
  pinyinPro ??= require('pinyin-pro') as { pinyin: typeof pinyin }
  return pinyinPro.pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join(' ')
}
