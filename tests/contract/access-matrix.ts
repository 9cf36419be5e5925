/** Who calls. The keys at the end were an admin's once, or are no keys at all. */
export const callers = [
  'anonymous',
  'reader',
  'viewer',
  'author (own)',
  'author (another’s)',
  'editor',
  'admin',
  'revoked',
  'expired',
  'malformed',
] as const
export type Caller = (typeof callers)[number]

/**
 * What every operation answers to everybody: a row an operation, or one for each kind of thing that it can be called
 * on. Written by hand from the promises and from nothing in the code. What counts, in this order: a bad key is a 401,
 * on public addresses too; then no key where one is needed; then 404 for what the caller may not see (410 when
 * everybody had seen it); then 403.
 */
const table = `
                                      anonymous reader viewer own another’s editor admin revoked expired malformed
getLiveness                                 200    200    200 200       200    200   200     200     200       200
getReadiness                                200    200    200 200       200    200   200     200     200       200
getOpenApi                                  200    200    200 200       200    200   200     200     200       200
getProblemType                              200    200    200 200       200    200   200     200     200       200
getMetrics                                  401    403    403 403       403    403   200     401     401       401

listArticles                                200    200    200 200       200    200   200     401     401       401
listArticles: drafts                        401    401    200 200       200    200   200     401     401       401
listArticles: trash                         401    401    200 200       200    200   200     401     401       401
getArticle: draft                           404    404    200 200       200    200   200     401     401       401
getArticle: published                       200    200    200 200       200    200   200     401     401       401
getArticle: scheduled                       404    404    200 200       200    200   200     401     401       401
getArticle: trashed draft                   404    404    200 200       200    200   200     401     401       401
getArticle: withdrawn                       410    410    200 200       200    200   200     401     401       401
getArticle: old slug                        301    301    301 301       301    301   301     401     401       401
getArticle: deleted draft                   404    404    404 404       404    404   404     401     401       401
getArticle: deleted after publication       410    410    410 410       410    410   410     401     401       401
listNeighbors: draft                        404    404    200 200       200    200   200     401     401       401
listNeighbors: published                    200    200    200 200       200    200   200     401     401       401
listRelatedArticles: draft                  404    404    200 200       200    200   200     401     401       401
listRelatedArticles: published              200    200    200 200       200    200   200     401     401       401
listArticleCitations: draft                 404    404    200 200       200    200   200     401     401       401
listArticleCitations: published             200    200    200 200       200    200   200     401     401       401

createArticle: draft                        401    403    403 201       201    201   201     401     401       401
createArticle: published                    401    403    403 403       403    201   201     401     401       401
createArticle: scheduled                    401    403    403 403       403    201   201     401     401       401
createArticle: document                     401    403    403 201       201    201   201     401     401       401
createArticle: document to be published     401    403    403 403       403    201   201     401     401       401
renderDocument                              401    403    403 200       200    200   200     401     401       401
putArticle: free slug                       401    404    404 201       201    201   201     401     401       401
putArticle: free slug, to be published      401    404    404 403       403    201   201     401     401       401
putArticle: draft                           401    404    403 200       403    200   200     401     401       401
putArticle: published                       401    403    403 403       403    200   200     401     401       401
putArticle: scheduled                       401    404    403 403       403    200   200     401     401       401
patchArticle: draft                         401    404    403 200       403    200   200     401     401       401
patchArticle: published                     401    403    403 403       403    200   200     401     401       401
patchArticle: scheduled                     401    404    403 403       403    200   200     401     401       401
trashArticle: draft                         401    404    403 204       403    204   204     401     401       401
trashArticle: published                     401    403    403 403       403    204   204     401     401       401
trashArticle: scheduled                     401    404    403 403       403    204   204     401     401       401
trashArticle: draft, for good               401    404    403 403       403    403   204     401     401       401
trashArticle: published, for good           401    403    403 403       403    403   204     401     401       401
trashArticle: trashed draft, for good       401    404    403 403       403    403   204     401     401       401
trashArticle: withdrawn, for good           401    410    403 403       403    403   204     401     401       401
publishArticle: draft                       401    404    403 403       403    200   200     401     401       401
publishArticle: scheduled                   401    404    403 403       403    200   200     401     401       401
publishArticle: later                       401    404    403 403       403    200   200     401     401       401
unpublishArticle: published                 401    403    403 403       403    200   200     401     401       401
unpublishArticle: scheduled                 401    404    403 403       403    200   200     401     401       401
restoreArticle: trashed draft               401    404    403 403       403    200   200     401     401       401
restoreArticle: withdrawn                   401    410    403 403       403    200   200     401     401       401

listCitations                               200    200    200 200       200    200   200     401     401       401
listSources                                 200    200    200 200       200    200   200     401     401       401
getSource: of a draft                       404    404    200 200       200    200   200     401     401       401
getSource: of a published one               200    200    200 200       200    200   200     401     401       401
listSourceDomains                           200    200    200 200       200    200   200     401     401       401
patchSourceDomain: of a draft               401    403    403 403       403    200   200     401     401       401
patchSourceDomain: of a published one       401    403    403 403       403    200   200     401     401       401
patchSourceDomain: of nobody                401    403    403 403       403    200   200     401     401       401

listTags                                    200    200    200 200       200    200   200     401     401       401
getTag: of a draft                          404    404    200 200       200    200   200     401     401       401
getTag: of a published one                  200    200    200 200       200    200   200     401     401       401
createTag                                   401    403    403 403       403    201   201     401     401       401
patchTag: of a draft                        401    404    403 403       403    200   200     401     401       401
patchTag: of a published one                401    403    403 403       403    200   200     401     401       401
mergeTag: of a draft                        401    404    403 403       403    200   200     401     401       401
mergeTag: of a published one                401    403    403 403       403    200   200     401     401       401
deleteTag: of a draft                       401    404    403 403       403    204   204     401     401       401
deleteTag: of a published one               401    403    403 403       403    204   204     401     401       401

listTopics                                  200    200    200 200       200    200   200     401     401       401
getTopic: of a draft                        404    404    200 200       200    200   200     401     401       401
getTopic: of a published one                200    200    200 200       200    200   200     401     401       401
createTopic                                 401    403    403 403       403    201   201     401     401       401
patchTopic: of a draft                      401    404    403 403       403    200   200     401     401       401
patchTopic: of a published one              401    403    403 403       403    200   200     401     401       401
mergeTopic: of a draft                      401    404    403 403       403    200   200     401     401       401
mergeTopic: of a published one              401    403    403 403       403    200   200     401     401       401
deleteTopic: of a draft                     401    404    403 403       403    204   204     401     401       401
deleteTopic: of a published one             401    403    403 403       403    204   204     401     401       401

listAuthors                                 200    200    200 200       200    200   200     401     401       401
getAuthor: of a draft                       404    404    200 200       200    200   200     401     401       401
getAuthor: of a published one               200    200    200 200       200    200   200     401     401       401
createAuthor                                401    403    403 403       403    201   201     401     401       401
patchAuthor: of a draft                     401    404    403 403       403    200   200     401     401       401
patchAuthor: of a published one             401    403    403 403       403    200   200     401     401       401
mergeAuthor: of a draft                     401    404    403 403       403    200   200     401     401       401
mergeAuthor: of a published one             401    403    403 403       403    200   200     401     401       401
deleteAuthor: of a draft                    401    404    403 403       403    204   204     401     401       401
deleteAuthor: of a published one            401    403    403 403       403    204   204     401     401       401

resolvePath: to a draft                     404    404    200 200       200    200   200     401     401       401
resolvePath: to a published one             200    200    200 200       200    200   200     401     401       401
resolvePath: to a withdrawn one             410    410    410 410       410    410   410     401     401       401
listRedirects                               401    403    403 403       403    200   200     401     401       401
getRedirect                                 401    403    403 403       403    200   200     401     401       401
createRedirect                              401    403    403 403       403    201   201     401     401       401
deleteRedirect                              401    403    403 403       403    204   204     401     401       401

getRssFeed                                  200    200    200 200       200    200   200     401     401       401
getAtomFeed                                 200    200    200 200       200    200   200     401     401       401
getJsonFeed                                 200    200    200 200       200    200   200     401     401       401
getSitemapIndex                             200    200    200 200       200    200   200     401     401       401
getSitemap: of a published one              200    200    200 200       200    200   200     401     401       401
getSitemap: of drafts                       404    404    404 404       404    404   404     401     401       401
getNewsSitemap                              200    200    200 200       200    200   200     401     401       401
getRobots                                   200    200    200 200       200    200   200     401     401       401

getMe                                       200    200    200 200       200    200   200     401     401       401
listApiKeys                                 401    403    403 403       403    403   200     401     401       401
getApiKey                                   401    403    403 403       403    403   200     401     401       401
createApiKey                                401    403    403 403       403    403   201     401     401       401
patchApiKey                                 401    403    403 403       403    403   200     401     401       401
revokeApiKey                                401    403    403 403       403    403   204     401     401       401
rotateApiKey                                401    403    403 403       403    403   200     401     401       401

listAudit                                   401    403    403 403       403    403   200     401     401       401
getAuditEntry                               401    403    403 403       403    403   200     401     401       401
eraseAuditEntry                             401    403    403 403       403    403   200     401     401       401
`

/** A row of the table. */
export interface AccessRow {
  /** `patchArticle: draft` */
  readonly name: string
  /** `patchArticle` */
  readonly operationId: string
  readonly expected: Readonly<Record<Caller, number>>
}

const ROW = /^(\S.*?) {2,}((?:\d{3} *){10})$/

function accessRow(line: string): AccessRow {
  const [, name = '', numbers = ''] = ROW.exec(line) ?? []
  const statuses = numbers.trim().split(/ +/).map(Number)
  if (statuses.length !== callers.length) throw new Error(`Not a row of the table: ${line}`)
  return {
    name,
    operationId: name.replace(/:.*/, ''),
    expected: Object.fromEntries(callers.map((caller, index) => [caller, statuses[index]])) as Record<
      Caller,
      number
    >,
  }
}

/** The table, row by row. */
export const accessMatrix: readonly AccessRow[] = table
  .split('\n')
  .filter((line) => /^\S/.test(line))
  .map(accessRow)
