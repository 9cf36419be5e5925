import type { Token } from 'marked'
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
const cjkCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/gu
const word = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’.,\-_](?=[\p{L}\p{N}]))*/gu

/** Counts what readers read: not code, notes, images and markup. */
export function textStatistics(tokens: readonly Token[]): TextStatistics {
  const prose = textBlocks(tokens.filter((token) => token.type !== 'code')).join('\n')
  const { characters, words } = countWords(prose)
  const minutes = characters / charactersPerMinute + words / wordsPerMinute
  return {
    wordCount: characters + words,
    readingMinutes: Math.max(1, Math.ceil(minutes)),
    excerpt: excerptOf(tokens),
  }
}

/** The CJK characters of a text, and its words in other scripts (`GPT-4.5` is one). */
export function countWords(text: string): { characters: number; words: number } {
  const characters = text.match(cjkCharacter)?.length ?? 0
  const rest = characters === 0 ? text : text.replace(cjkCharacter, ' ')
  return { characters, words: rest.match(word)?.length ?? 0 }
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
      const [text = ''] = textBlocks([token])
      if (
        /[\p{L}\p{N}]/u.test(text) &&
        !/^(?:\{\{.*\}\}|\{%.*%\}|\[TOC\]|\[\[_?TOC_?\]\]|:::.*)$/i.test(text)
      )
        yield text
    } else if (token.type === 'blockquote') yield* paragraphs(token.tokens ?? [])
  }
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
  const isInWord = /[\p{L}\p{N}\p{M}]/u.test(next) && !isCjkCharacter(next)
  const words = isInWord
    ? cut.replace(/[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：]{1,40}$/u, '')
    : cut
  return `${(words === '' ? cut : words).replace(/[\s，、；：,;:—–-]+$/u, '')}…`
}

function isCjkCharacter(char: string): boolean {
  cjkCharacter.lastIndex = 0
  return cjkCharacter.test(char)
}
