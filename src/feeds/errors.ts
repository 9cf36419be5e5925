import { AppError } from '#src/platform/errors.ts'

/** 404. No article was published in that month, or not so many. */
export const sitemapNotFound = (file: string) =>
  new AppError('not_found', 404, `There is no sitemap ${file}. Those that there are, are in /sitemap.xml.`)
