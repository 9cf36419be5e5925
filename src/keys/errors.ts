import { AppError, type FieldError } from '#src/platform/errors.ts'

/** 404, for what is not there and for what was revoked. */
export const keyNotFound = () => new AppError('not_found', 404, 'There is no such API key.')

/** 409. Without it nobody could ever make a key again. */
export const lastAdminKey = () =>
  new AppError(
    'last_admin_key',
    409,
    'This is the last admin key that does not expire: it can’t be revoked, given another role or an expiry. Make another one first.',
  )

/** 422. A field of a key is not what it should be. */
export const invalidKey = (errors: readonly FieldError[]) =>
  new AppError('invalid_body', 422, errors[0]?.message ?? 'The key is not valid.', { errors })

/** 422. */
export const expiresInThePast = () =>
  invalidKey([
    {
      in: 'body',
      path: '/expiresAt',
      code: 'not_in_the_future',
      message: 'expiresAt must be in the future. To end a key now, DELETE it.',
    },
  ])
