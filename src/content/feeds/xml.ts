/** The first line of every file here. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

/** Attributes of an element; those that are null are left out. */
export type XmlAttributes = Readonly<Record<string, string | null>>

// What is no Char of XML 1.0 §2.2: controls but tab and line ends, halves of surrogate pairs, U+FFFE and U+FFFF.
const noCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
const referenceOf = (character: string) => references[character] ?? character

/**
 * Text without what XML 1.0 has no place for, not even as a character reference: halves of surrogate pairs become
 * U+FFFD, control characters are left out.
 */
function xmlCharacters(text: string): string {
  return text.toWellFormed().replace(noCharacter, '')
}

/** Text as it stands between tags (XML 1.0 §2.4): also without `]]>`, and with its carriage returns (§2.11). */
export function xmlText(text: string): string {
  return xmlCharacters(text).replace(/[&<>\r]/g, referenceOf)
}

/** Text as it stands in an attribute between double quotes: tabs and line ends survive (XML 1.0 §3.3.3). */
function xmlAttribute(text: string): string {
  return xmlCharacters(text).replace(/[&<>"\t\n\r]/g, referenceOf)
}

/** Html as text of an element, readable as it stands (XML 1.0 §2.7); a `]]>` in it is divided between two sections. */
export function cdata(html: string): string {
  return `<![CDATA[${xmlCharacters(html).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** An element with content that is XML already; nothing for null. */
export function element(name: string, content: string | null, attributes: XmlAttributes = {}): string {
  return content === null ? '' : `<${name}${attributesText(attributes)}>${content}</${name}>\n`
}

/** An element with text; nothing for null. */
export function textElement(name: string, text: string | null, attributes: XmlAttributes = {}): string {
  return element(name, text === null ? null : xmlText(text), attributes)
}

/** An element without content. */
export function emptyElement(name: string, attributes: XmlAttributes): string {
  return `<${name}${attributesText(attributes)}/>\n`
}

/** The tag with which an element begins. */
export function startTag(name: string, attributes: XmlAttributes = {}): string {
  return `<${name}${attributesText(attributes)}>\n`
}

/** The tag with which an element ends. */
export const endTag = (name: string): string => `</${name}>\n`

function attributesText(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${xmlAttribute(value)}"`))
    .join('')
}
