import { hash } from 'node:crypto'

/**
 * The style of an article's page. Nothing is loaded: the fonts are those of the reader's machine. Chinese, Japanese
 * and Korean are set as W3C's clreq and jlreq have it: more room between lines, emphasis by dots, no slanted
 * characters, a quarter blank beside Latin letters.
 */
export const ARTICLE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fffefb; --ink: #1c1b19; --soft: #67635c; --line: #e3dfd6; --tint: #f5f2ea; --link: #0b5394; --mark: #fff3c4;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  --text: var(--serif);
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #171614; --ink: #e9e5dc; --soft: #a29c91; --line: #37342f; --tint: #211f1c; --link: #8fbdf2; --mark: #4a3f14 }
}
:root:lang(zh), :root:lang(ja), :root:lang(ko) {
  --sans: system-ui, -apple-system, "PingFang SC", "Hiragino Sans", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  --text: var(--sans);
}
:root:lang(zh-TW), :root:lang(zh-HK), :root:lang(zh-MO), :root:lang(zh-Hant) {
  --sans: system-ui, -apple-system, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Noto Sans TC", sans-serif;
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; overflow-wrap: break-word }
body {
  margin: 0 auto; max-width: 44rem; padding: 0 1.25rem 4rem;
  background: var(--paper); color: var(--ink); font: 1.125rem/1.65 var(--text); text-autospace: normal;
}
:root:lang(zh) body, :root:lang(ja) body, :root:lang(ko) body { font-size: 1.0625rem; line-height: 1.85; line-break: strict }
a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .18em }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.site { padding: 1.1rem 0; border-bottom: 1px solid var(--line); font: 700 .95rem/1.4 var(--sans) }
.site a { color: inherit; text-decoration: none }
.not-public { margin: 1.5rem 0 0; padding: .6rem .9rem; background: var(--mark); border-radius: .3rem; font: .9rem/1.5 var(--sans) }
.topics { margin: clamp(1.75rem, 5vw, 2.75rem) 0 0; color: var(--soft); font: .875rem/1.5 var(--sans) }
h1, h2, h3, h4, h5, h6 { font-family: var(--sans); line-height: 1.3; text-wrap: balance; break-after: avoid }
.title { margin: clamp(1.75rem, 5vw, 2.75rem) 0 0; font-size: clamp(1.75rem, 1.2rem + 2.6vw, 2.5rem); line-height: 1.22; letter-spacing: -.012em }
:root:lang(zh) .title, :root:lang(ja) .title, :root:lang(ko) .title { line-height: 1.35; letter-spacing: 0; font-size: clamp(1.6rem, 1.15rem + 2.2vw, 2.2rem) }
:root:lang(zh) .title { word-break: keep-all; overflow-wrap: anywhere }
.topics + .title { margin-top: .2em }
.summary { margin: 1rem 0 0; color: var(--soft); font-size: 1.12em; line-height: 1.55; text-wrap: pretty }
:root:lang(zh) .summary, :root:lang(ja) .summary, :root:lang(ko) .summary { font-size: 1.03em; line-height: 1.8 }
.byline { margin: 1.25rem 0 0; padding-bottom: 1.25rem; border-bottom: 1px solid var(--line); color: var(--soft); font: .875rem/1.6 var(--sans) }
.byline .authors { color: var(--ink); font-weight: 600 }
.byline > :not(.authors) { white-space: nowrap }
.byline > :not(:last-child)::after { content: "·"; margin-inline: .5em .25em; color: var(--soft); font-weight: 400 }
@media (max-width: 30rem) { .byline > .authors { display: block } .byline > .authors::after { content: none !important } }
figure { margin: 2rem 0 }
img, video { max-width: 100%; height: auto }
.featured img { display: block; width: 100%; border-radius: .25rem; background: var(--tint); color: var(--soft); font: .875rem/1.5 var(--sans) }
figcaption { margin-top: .6rem; color: var(--soft); font: .875rem/1.55 var(--sans) }
.credit { opacity: .85 }
.text { margin-top: 1.75rem }
.text > :first-child { margin-top: 0 }
p, ul, ol, dl, pre, table, blockquote { margin: 1.1em 0 }
p { text-wrap: pretty; hanging-punctuation: allow-end }
.text h1, .text h2 { font-size: 1.4em; margin: 2.1em 0 .6em }
.text h3 { font-size: 1.18em; margin: 1.9em 0 .5em }
.text h4, .text h5, .text h6 { font-size: 1em; margin: 1.7em 0 .4em }
li + li { margin-top: .3em }
ul, ol { padding-inline-start: 1.6em }
li:has(> input) { list-style: none; margin-inline-start: -1.4em }
blockquote { margin-inline: 0; padding-inline-start: 1.1em; border-inline-start: .2rem solid var(--line); color: var(--soft) }
:lang(zh) em, :lang(ja) em { font-style: normal; text-emphasis: filled dot; text-emphasis-position: under right }
:lang(ja) em { text-emphasis: filled sesame; text-emphasis-position: over right }
:lang(zh) :is(i, cite, dfn, var, address), :lang(ja) :is(i, cite, dfn, var, address), :lang(ko) :is(em, i, cite, dfn, var, address) { font-style: normal }
code, pre, kbd, samp { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .88em }
code, kbd { background: var(--tint); padding: .1em .3em; border-radius: .2rem }
pre { background: var(--tint); padding: 1em; border-radius: .3rem; overflow-x: auto; line-height: 1.5; tab-size: 2 }
pre code { background: none; padding: 0; font-size: 1em }
table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; font: .9rem/1.5 var(--sans); font-variant-numeric: tabular-nums }
th, td { padding: .45em .8em; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top }
th { border-bottom-width: 2px }
[align=center] { text-align: center } [align=right] { text-align: right }
hr { margin: 2.5em auto; width: 6rem; border: 0; border-top: 1px solid var(--line) }
mark { background: var(--mark); color: inherit }
sup, sub { line-height: 0; font-size: .72em }
.footnote-ref { padding: 0 .15em; font-family: var(--sans); font-variant-numeric: tabular-nums; text-decoration: none }
.footnote-ref::before { content: "[" } .footnote-ref::after { content: "]" }
.footnote-backref { text-decoration: none; font-family: var(--sans) }
:target { background: var(--mark); border-radius: .2rem }
.callout { margin: 1.5em 0; padding: .8em 1.1em; background: var(--tint); border-inline-start: .2rem solid var(--link); border-radius: .2rem }
.callout-warning, .callout-caution { border-color: #c4320a }
.callout-title { margin: 0; font: 600 .95em/1.5 var(--sans) }
.callout > :last-child { margin-bottom: 0 }
summary { cursor: pointer }
.footnotes, .further, .corrections, .filed { margin-top: 3rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font: .9rem/1.6 var(--sans) }
:is(.footnotes, .further, .corrections) :is(h1, h2, h3, h4, h5, h6) { margin: 0 0 .75rem; font-size: 1rem }
:is(.footnotes, .further, .corrections) p { margin: .3em 0 }
.footnotes li, .further li { overflow-wrap: anywhere }
.filed { color: var(--soft) }
.filed p { margin: .3em 0 }
.filed ul { display: inline; margin: 0; padding: 0; list-style: none }
.filed li { display: inline; margin: 0 }
.filed li + li::before { content: "·"; margin: 0 .45em }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --tint: #f4f4f4; --link: #000; --mark: none }
  @page { margin: 2cm }
  body { max-width: none; padding: 0; font-size: 10.5pt !important; line-height: 1.5 !important }
  .site { padding-top: 0 }
  .title { font-size: 20pt !important }
  .featured img { width: auto; max-height: 9cm; margin-inline: auto }
  .not-public { border: 1px solid #000 }
  .footnote-backref { display: none }
  a { text-decoration: none }
  :is(.footnotes, .further) a[href^="http"]:not(.footnote-backref)::after { content: " <" attr(href) ">"; color: var(--soft); font-size: .9em; overflow-wrap: anywhere }
  figure, blockquote, pre, tr, li, .callout { break-inside: avoid }
  p { orphans: 3; widows: 3 }
}
`

/**
 * The policy of an article's page: its own style, pictures and sound from wherever the article has them, and nothing
 * that runs. Structured data is a data block, which no policy of scripts forbids (HTML §4.12.1).
 */
export const ARTICLE_PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'none'",
  `style-src 'sha256-${hash('sha256', ARTICLE_STYLE, 'base64')}'`,
  'img-src http: https: data:',
  'media-src http: https:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
