import { decodeHTML } from 'entities'
import { withoutControls } from './control-characters.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it is written in html, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => escapes[char] ?? char)
}

/** Text as html has it between its tags. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (char) => escapes[char] ?? char) : text
}

/** Text as html has it in an attribute between double quotes. */
export function escapeAttribute(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (char) => escapes[char] ?? char) : text
}

/** Character references (`&amp;`, `&#38;`, `&mdash;`) as the characters they name; none for control characters. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? withoutControls(decodeHTML(text)) : text
}

/** The text of raw html: without tags, comments and the content of what never shows. */
export function textOfHtml(html: string): string {
  return decodeEntities(
    html
      .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
      .replace(/<(script|style|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
      .replace(/<[a-zA-Z/!?][^>]*(?:>|$)/g, ' '),
  )
}
