import { AppError } from '#src/platform/errors.ts'

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

/** 403. The key is good, but its role may not do this. */
export const notAllowed = (role: string) =>
  new AppError('forbidden', 403, `A key with the role "${role}" may not do this.`)
