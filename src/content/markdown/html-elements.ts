// HTML Living Standard §4 and its obsolete elements (§16.2); MathML Core; SVG 2. `image` is how browsers spell `img`.
const html = `a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote
  body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em
  embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
  image img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta meter
  multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture plaintext portal
  pre progress q rb rbc rp rt rtc ruby s samp script search section select slot small source spacer span strike strong
  style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
  xmp math`
const foreign = `animate animateMotion animateTransform annotation annotation-xml circle clipPath defs desc ellipse
  feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
  feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g line
  linearGradient maction malignmark marker mask menclose merror metadata mfenced mfrac mglyph mi mmultiscripts mn mo
  mover mpadded mpath mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr
  munder munderover none path pattern polygon polyline radialGradient rect semantics set stop switch symbol text
  textPath tspan use view`

const htmlNames = new Set(html.split(/\s+/))
const foreignNames = new Set(foreign.split(/\s+/))

/**
 * Is this the name of an element: of HTML, SVG, MathML, or a custom one (`my-widget`, HTML §4.13.3)? `List<String>` and
 * `vector<int>` in a text name none. SVG and MathML are spelled with their own capitals: `<Text>` is no `<text>`.
 */
export function isElementName(name: string): boolean {
  return htmlNames.has(name.toLowerCase()) || foreignNames.has(name) || /^[a-z][a-z0-9]*-/.test(name)
}
