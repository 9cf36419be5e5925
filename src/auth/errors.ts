import { AppError } from '#src/platform/errors.ts'
import { type Actor, type Permission, roleHas } from './permissions.ts'

const challenge = { 'www-authenticate': 'Bearer realm="masthead"' }

/** 401. The operation wants a key and none was sent (RFC 6750 §3). */
export const keyRequired = () =>
  new AppError('unauthorized', 401, 'This needs an API key: send the header "Authorization: Bearer mh_…".', {
    headers: challenge,
  })

/** 401. A key was sent and it is not one of ours; the same words for every way in which it can be wrong. */
export const keyRefused = () =>
  new AppError('unauthorized', 401, 'The API key is not valid.', {
    headers: { 'www-authenticate': `${challenge['www-authenticate']}, error="invalid_token"` },
  })

/** 400. The header `Authorization` may stand once (RFC 9110 §5.3): which one is meant, nobody can say. */
export const severalKeys = () => {
  const message = 'The header "Authorization" stands more than once; send one key.'
  return new AppError('invalid_parameters', 400, message, {
    errors: [{ in: 'header', path: 'authorization', code: 'repeated_header', message }],
  })
}

/** 403. The key is good, but its role may not do this; or its role may, and it is limited to some articles. */
export function notAllowed(actor: Actor, permission: Permission): AppError {
  const detail = roleHas(actor, permission)
    ? `This key is limited to ${limitsInWords(actor)}, and this is about more than that.`
    : `A key with the role "${actor.role}" may not do this.`
  return new AppError('forbidden', 403, detail)
}

/** `articles in the locales "en", "de" under certain topics`. */
function limitsInWords({ locales, topicIds }: Actor): string {
  const named = (locales ?? []).map((locale) => `"${locale}"`).join(', ')
  const inLocales = locales === null ? '' : ` in the ${locales.length === 1 ? 'locale' : 'locales'} ${named}`
  return `articles${inLocales}${topicIds === null ? '' : ' under certain topics'}`
}
