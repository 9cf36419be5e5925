import { AppError } from '#src/platform/errors.ts'

/** 404. */
export const redirectNotFound = () => new AppError('not_found', 404, 'There is no such redirect.')

/** 404, for a path that leads nowhere, or to what the asker may not see. */
export const leadsNowhere = () => new AppError('not_found', 404, 'Nothing of the site has or had this path.')

/** 409. The path has a redirect. */
export const redirectTaken = (holder: { id: string; from: string; to: string }) =>
  new AppError('redirect_taken', 409, `There is a redirect from "${holder.from}" already.`, {
    extensions: { holder: { id: holder.id, from: holder.from, to: holder.to } },
  })

/** 422. One end of a redirect is not what it should be. */
export const invalidRedirect = (field: 'from' | 'to', code: string, message: string) =>
  new AppError('invalid_body', 422, message, { errors: [{ in: 'body', path: `/${field}`, code, message }] })
