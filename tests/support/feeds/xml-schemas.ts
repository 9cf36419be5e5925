import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RelaxNGValidator, XmlDocument, XmlLibError, XmlValidateError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'

xmlRegisterFsInputProviders()

/** The schema of sitemaps.org, as the npm package "sitemap" brings it. */
const sitemapXsd = join(fileURLToPath(import.meta.resolve('sitemap')), '../../../schema/sitemap.xsd')
const own = (file: string) => join(import.meta.dirname, file)

const urlsetXsd = `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <xsd:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="${sitemapXsd}"/>
  <xsd:import namespace="http://www.google.com/schemas/sitemap-news/0.9" schemaLocation="${own('news.xsd')}"/>
  <xsd:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="${own('xhtml-link.xsd')}"/>
</xsd:schema>`

const validators = {
  atom: RelaxNGValidator.fromDoc(document(readFileSync(own('atom.rng'), 'utf8'))),
  rss: RelaxNGValidator.fromDoc(document(readFileSync(own('rss.rng'), 'utf8'))),
  urlset: XsdValidator.fromDoc(document(urlsetXsd)),
  sitemapIndex: XsdValidator.fromDoc(document(readFileSync(own('sitemap-index.xsd'), 'utf8'))),
}

function document(text: string): XmlDocument {
  return XmlDocument.fromString(text)
}

/** What the schema says against an XML document; empty when it is well-formed and valid. */
export function complaintsOf(schema: keyof typeof validators, text: string): string {
  let parsed: XmlDocument | undefined
  try {
    parsed = document(text)
    validators[schema].validate(parsed)
    return ''
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(({ message }) => message).join('')
    if (error instanceof XmlLibError) return error.message
    throw error
  } finally {
    parsed?.dispose()
  }
}

const namespaces = {
  a: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  s: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  news: 'http://www.google.com/schemas/sitemap-news/0.9',
  x: 'http://www.w3.org/1999/xhtml',
}

/** The texts of the elements or attributes that an XPath names. @throws XmlLibError for what is not well-formed */
export function xpath(text: string, path: string): string[] {
  const parsed = document(text)
  try {
    return parsed.find(path, namespaces).map((node) => node.content)
  } finally {
    parsed.dispose()
  }
}
