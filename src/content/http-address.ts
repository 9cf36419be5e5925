/**
 * Whether a text is an absolute address of http(s) (WHATWG URL), on any host: `http://localhost:3000`, an IP address
 * and a name of one label are addresses too. The one rule for what documents, JSON and the configuration give.
 */
export function isHttpAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}
