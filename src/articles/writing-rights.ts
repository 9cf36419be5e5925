import { type Actor, isAllowed, notAllowed } from '#src/auth/index.ts'
import type { TermStatus } from '#src/generated/prisma/enums.ts'
import type { Term } from '#src/taxonomy/index.ts'
import { mayNotPublish, notOwnDraft, outsideLocales, outsideTopics, withoutTopic } from './errors.ts'
import type { WrittenArticle } from './lock-article.ts'

/** What of an article limited keys look at. */
export interface Place {
  readonly locale: string
  readonly topics: readonly Term[]
}

/**
 * Refuses who may not change this article: an author has only its own, and these only while they are not published
 * (nor scheduled); a limited key only those within its limits. To be asked of the article as it is when it is locked.
 * `actor` null: no key, but the command line, which may do all.
 * @throws AppError `forbidden`
 */
export function refuseWriter(actor: Actor | null, article: WrittenArticle): void {
  if (actor === null) return
  if (!isAllowed(actor, 'article.editAny') && !isOwnDraft(actor, article)) throw notOwnDraft(actor.role)
  refuseOutsideLimits(actor, article)
}

/** In the trash nothing is published, whatever it was before. */
const isOwnDraft = ({ id }: Actor, { createdBy, status, trashedAt }: WrittenArticle): boolean =>
  createdBy === id && (status !== 'published' || trashedAt !== null)

/**
 * Refuses what a limited key would have outside its limits: an article in another locale, under another topic, or
 * under none. It is so before a change and after.
 * @throws AppError `forbidden`
 */
export function refuseOutsideLimits(actor: Actor | null, { locale, topics }: Place): void {
  const { locales = null, topicIds = null } = actor ?? {}
  if (locales !== null && !locales.includes(locale)) throw outsideLocales(locales, locale)
  if (topicIds === null) return
  const others = topics.filter(({ id }) => !topicIds.includes(id))
  if (others.length > 0) throw outsideTopics(others.map(({ name }) => name))
  if (topics.length === 0) throw withoutTopic()
}

/** Refuses who may not make an article public. @throws AppError `forbidden` */
export function refusePublisher(actor: Actor | null): void {
  if (actor !== null && !isAllowed(actor, 'article.publish')) throw mayNotPublish(actor.role)
}

/** Refuses who may not delete for good. @throws AppError `forbidden` */
export function refuseDeleter(actor: Actor | null): void {
  const needed = 'article.deletePermanently'
  if (actor !== null && !isAllowed(actor, needed)) throw notAllowed(actor, needed)
}

/** What a topic is that nobody has named before: who may not publish may only propose it. */
export const newTopicStatus = (actor: Actor | null): TermStatus =>
  actor === null || isAllowed(actor, 'article.publish') ? 'active' : 'proposed'
