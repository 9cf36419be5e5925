/** A key of ours wherever it stands, also cut short or with more behind it: its id tells which one it was. */
const KEYS = /mh_([A-Za-z0-9]{1,16})_[A-Za-z0-9]+/g
/** The password of an address (RFC 3986 §3.2.1), as in DATABASE_URL. */
const PASSWORDS = /([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"]*):[^\s/?#"]*@/gi
/** Credentials after the name of their scheme, as in the header `Authorization`. */
const CREDENTIALS = /\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}/gi

/** A text for the log, without the keys and passwords that are in it. */
export const redactSecrets = (text: string): string =>
  text
    .replace(KEYS, 'mh_$1_[redacted]')
    .replace(PASSWORDS, '$1:[redacted]@')
    .replace(CREDENTIALS, '$1 [redacted]')
