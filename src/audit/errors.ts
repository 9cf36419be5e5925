import { AppError } from '#src/platform/errors.ts'

/** 404. */
export const entryNotFound = () => new AppError('not_found', 404, 'The audit has no such entry.')
