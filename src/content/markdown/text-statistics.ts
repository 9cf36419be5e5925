import type { Token, Tokens } from 'marked'
import { textBlocks } from './plain-text.ts'

/** How long a text is, and how it begins. */
export interface TextStatistics {
  /** CJK characters count one each, other words one each. */
  wordCount: number
  /** Whole minutes, at least 1. */
  readingMinutes: number
  /** Plain text of the first paragraphs, at most 200 characters. */
  excerpt: string
}

// Medium's speeds, which were measured on stories: 265 words a minute, 500 characters of Chinese, Japanese, Korean.
// https://help.medium.com/hc/en-us/articles/214991667-Read-time
const wordsPerMinute = 265
const charactersPerMinute = 500

const maxExcerpt = 200
/** Counts what readers read: not code, notes, images and markup. */
export function textStatistics(tokens: readonly Token[]): TextStatistics {
  const prose = textBlocks(tokens.filter((token) => token.type !== 'code')).join('\n')
  const { characters, words } = countWords(prose)
  return {
    wordCount: characters + words,
    readingMinutes: readingMinutes(characters, words),
    excerpt: excerptOf(tokens),
  }
}

/** How long so many CJK characters and words of other scripts take to read: whole minutes, at least 1. */
export function readingMinutes(characters: number, words: number): number {
  return Math.max(1, Math.ceil(characters / charactersPerMinute + words / wordsPerMinute))
}

/**
 * The CJK characters of a text, and its words in other scripts (`GPT-4.5` is one). One pass over the code points:
 * Unicode regular expressions take ten times as long, more than parsing the Markdown.
 */
export function countWords(text: string): { characters: number; words: number } {
  let characters = 0
  let words = 0
  let isInWord = false
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) ?? 0
    if (point > 0xffff) at++
    if (isCjkCharacter(point)) {
      characters++
      isInWord = false
    } else if (isWordCharacter(point)) {
      if (!isInWord) words++
      isInWord = true
    } else if (!isInWord || !joinsWord(point) || !isWordCharacter(text.codePointAt(at + 1) ?? 0))
      isInWord = false
  }
  return { characters, words }
}

function isCjkCharacter(point: number): boolean {
  if (point < 0x1100) return false
  return (
    (point >= 0x3400 && point <= 0x9fff) ||
    (point >= 0xac00 && point <= 0xd7ff) ||
    (point >= 0x3041 && point <= 0x318f && point !== 0x30fb) ||
    (point >= 0x1100 && point <= 0x11ff) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xff66 && point <= 0xffdc) ||
    (point >= 0x1b000 && point <= 0x1b2ff) ||
    (point >= 0x20000 && point <= 0x3ffff)
  )
}

const wordCharacter = /[\p{L}\p{N}\p{M}]/u

function isWordCharacter(point: number): boolean {
  if (point < 0x80) {
    return (
      (point >= 0x30 && point <= 0x39) || (point >= 0x41 && point <= 0x5a) || (point >= 0x61 && point <= 0x7a)
    )
  }
  const isPunctuation =
    (point >= 0x2000 && point <= 0x206f) ||
    (point >= 0x3000 && point <= 0x3020) ||
    (point >= 0xff01 && point <= 0xff0f) ||
    (point >= 0xff1a && point <= 0xff20)
  return !isPunctuation && wordCharacter.test(String.fromCodePoint(point))
}

/** Apostrophes, full stops, commas, hyphens, underscores join what stands on both sides: `don’t`, `1,000.5`. */
function joinsWord(point: number): boolean {
  return point === 0x27 || point === 0x2019 || (point >= 0x2c && point <= 0x2e) || point === 0x5f
}

function excerptOf(tokens: readonly Token[]): string {
  let text = ''
  for (const paragraph of paragraphs(tokens)) {
    text = text === '' ? paragraph : `${text} ${paragraph}`
    if ([...text].length >= maxExcerpt / 4) break
  }
  return shortened(text, maxExcerpt)
}

/** The paragraphs of the text and of its quotes; a lone image, shortcode or `[TOC]` is none. */
function* paragraphs(tokens: readonly Token[]): Generator<string> {
  for (const token of tokens) {
    if (token.type === 'paragraph') {
      const [text = ''] = textBlocks([withoutImages(token as Tokens.Paragraph)])
      if (
        /[\p{L}\p{N}]/u.test(text) &&
        !/^(?:\{\{.*\}\}|\{%.*%\}|\[TOC\]|\[\[_?TOC_?\]\]|:::.*)$/i.test(text)
      )
        yield text
    } else if (token.type === 'blockquote') yield* paragraphs(token.tokens ?? [])
  }
}

function withoutImages(paragraph: Tokens.Paragraph): Tokens.Paragraph {
  return { ...paragraph, tokens: paragraph.tokens.filter((token) => token.type !== 'image') }
}

/** A text of at most `max` characters: cut after a sentence in its second half, else after a word, with `…`. */
export function shortened(text: string, max: number): string {
  const characters = [...text]
  if (characters.length <= max) return text
  const head = characters.slice(0, max).join('')
  const sentence = /^[\s\S]*(?:[。！？…]["”’』」）]*|[.!?]["”’)]*(?=\s))/u.exec(head)?.[0].trim() ?? ''
  if ([...sentence].length >= max / 2) return sentence
  const cut = characters.slice(0, max - 1).join('')
  const next = characters[max - 1] ?? ''
  const isInWord = /[\p{L}\p{N}\p{M}]/u.test(next) && !isCjkCharacter(next.codePointAt(0) ?? 0)
  const words = isInWord
    ? cut.replace(/[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：]{1,40}$/u, '')
    : cut
  return `${(words === '' ? cut : words).replace(/[\s，、；：,;:—–-]+$/u, '')}…`
}
