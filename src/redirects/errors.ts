import { AppError } from '#src/platform/errors.ts'
import type { RedirectArticle } from './schemas.ts'

/** 404. */
export const redirectNotFound = () => new AppError('not_found', 404, 'There is no such redirect.')

/** 404, for a path that leads nowhere, or to what the asker may not see. */
export const leadsNowhere = () => new AppError('not_found', 404, 'Nothing of the site has or had this path.')

/** 410. An article that was public was there, and is in the trash or deleted. */
export const pathGone = () => new AppError('gone', 410, 'The article that was at this path was withdrawn.')

/** 409. Readers find an article at the path, so nobody would be led elsewhere. */
export const pathTaken = (path: string, holder: RedirectArticle) =>
  new AppError('path_taken', 409, `Readers find the article "${holder.slug}" at "${path}".`, {
    extensions: { holder },
  })

/** 409. The path has a redirect. */
export const redirectTaken = (holder: { id: string; from: string; to: string }) =>
  new AppError('redirect_taken', 409, `There is a redirect from "${holder.from}" already.`, {
    extensions: { holder: { id: holder.id, from: holder.from, to: holder.to } },
  })

/** 422. One end of a redirect is not what it should be. */
export const invalidRedirect = (field: 'from' | 'to', code: string, message: string) =>
  new AppError('invalid_body', 422, message, { errors: [{ in: 'body', path: `/${field}`, code, message }] })
