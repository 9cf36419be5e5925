import type { FeaturedImage } from '#src/content/front-matter/front-matter.ts'
import type { JsonObject } from '#src/content/json.ts'
import { pickWorks, worksOf } from './cited-works.ts'
import { filled } from './prose.ts'
import { type Random, random, zipf } from './random.ts'
import { authorNames, landmarks, tagNames, topicNames } from './vocabulary.ts'
import { chinese, english, type Words } from './words.ts'

/** What is to be generated. */
export interface Plan {
  readonly articles: number
  readonly seed: number
  /** Length of bodies, about. */
  readonly size: '2k' | '16k'
  /** Percent of articles that readers don't see. */
  readonly drafts: number
  /** When the last article was published, in milliseconds; the first ten years before. */
  readonly until: number
}

/** Everything about an article but its text. Instants are in milliseconds. */
export interface PlannedArticle {
  readonly words: Words
  readonly title: string
  readonly status: 'draft' | 'review' | 'published'
  readonly createdAt: number
  readonly updatedAt: number
  readonly publishedAt: number | null
  readonly unpublishAt: number | null
  readonly trashedAt: number | null
  readonly translationKey: string | null
  readonly summary: string | null
  readonly featuredImage: FeaturedImage | null
  readonly meta: JsonObject
  readonly tags: readonly string[]
  readonly topics: readonly string[]
  readonly authors: readonly string[]
  readonly works: readonly number[]
  /** For what else is chosen: its text, its ids. */
  readonly chance: Random
}

const DAY = 86_400_000
/** How far back articles go. */
export const SPAN = 3_652 * DAY
/** What has not happened yet lies so far ahead that it stays ahead, whenever the same seed is used again. */
const AHEAD = 7_305 * DAY
const MAX_WORKS = 12
/** Each so many articles, one and the next are translations of each other. */
const TRANSLATED_EVERY = 50

/** Decides what article `n` of a plan is: the same for the same plan, whatever was asked before. */
export function planner(plan: Plan): (n: number) => PlannedArticle {
  const tags = tagNames(plan.seed)
  const authors = authorNames(plan.seed)
  const works = worksOf(plan, plan.until - SPAN)
  const ranks = {
    tag: zipf(tags.length),
    author: zipf(authors.length),
    topic: zipf(topicNames.length - 2),
    work: zipf(works.lasting),
  }
  return (n) => {
    const chance = random(plan.seed, 31, n)
    const leader = n % TRANSLATED_EVERY === 1 ? n - 1 : n
    // Translations of each other are filed alike, so that they share this chance.
    const shared = random(plan.seed, 32, leader)
    const isTranslated = n % TRANSLATED_EVERY < 2 && leader + 1 < plan.articles
    const words = isTranslated ? [chinese, english][n - leader] : undefined
    const position = leader / plan.articles
    const topics = pickTopics(ranks.topic, shared)
    const written = words ?? (chance.chance(0.7) ? chinese : english)
    return {
      words: written,
      title: titleOf(written, chance),
      ...lifeOf(n, plan, chance),
      translationKey: isTranslated ? `story-${plan.seed}-${leader}` : null,
      summary: chance.chance(0.7)
        ? filled(chance.pick(written.sentences), written, chance).replaceAll('*', '')
        : null,
      featuredImage: chance.chance(0.5) ? imageOf(n, written, chance) : null,
      meta: chance.chance(0.1) ? { desk: chance.pick(['city', 'night', 'weekend']) } : {},
      topics,
      tags: pickTags(tags, topics, position, ranks.tag, shared),
      authors: unique(
        Array.from({ length: chance.chance(0.2) ? 2 : 1 }, () => authors[ranks.author(chance)] ?? ''),
      ),
      works: pickWorks(works, workCount(shared), position, ranks.work, shared),
      chance,
    }
  }
}

function titleOf(words: Words, chance: Random): string {
  const title = words.title(chance.pick(words.places), chance.pick(words.subjects), chance.pick(words.turns))
  return chance.chance(0.7) ? `${title}${words.colon}${chance.pick(words.tails)}` : title
}

type Life = Pick<
  PlannedArticle,
  'status' | 'createdAt' | 'updatedAt' | 'publishedAt' | 'unpublishAt' | 'trashedAt'
>

/** Articles are numbered by the time of their publication. */
function lifeOf(n: number, { articles, until, drafts }: Plan, chance: Random): Life {
  const step = SPAN / articles
  const at = Math.floor(until - SPAN + (n + chance.next()) * step)
  const createdAt = at - Math.floor((1 + 71 * chance.next()) * 3_600_000)
  const touched = chance.chance(0.25) ? Math.min(until, at + Math.floor(chance.next() * 30 * DAY)) : createdAt
  const life = { createdAt, updatedAt: Math.max(createdAt, touched), trashedAt: null, unpublishAt: null }
  const isLast = n >= articles - Math.max(1, Math.floor(articles / 5_000))
  if (isLast) return { ...life, status: 'published', publishedAt: at + AHEAD }
  if (!chance.chance(drafts / 100)) {
    return { ...life, status: 'published', publishedAt: at, unpublishAt: endOf(at, until, chance) }
  }
  const planned = chance.chance(0.1) ? at : null
  if (chance.chance(0.7)) return { ...life, status: 'draft', publishedAt: planned }
  if (chance.chance(0.7)) return { ...life, status: 'review', publishedAt: planned }
  const trashedAt = Math.min(until, at + DAY)
  return {
    ...life,
    status: 'published',
    publishedAt: at,
    trashedAt,
    updatedAt: Math.max(life.updatedAt, trashedAt),
  }
}

/** Few articles end: half of them have, the others will. */
function endOf(publishedAt: number, until: number, chance: Random): number | null {
  if (!chance.chance(0.004)) return null
  const month = publishedAt + 30 * DAY
  return chance.chance(0.5) && month < until ? month : month + AHEAD
}

function imageOf(n: number, words: Words, chance: Random): FeaturedImage {
  const alt = `${chance.pick(words.places)}${words.gap}${chance.pick(words.subjects)}`
  const credit = chance.chance(0.5) ? chance.pick(words.outlets) : null
  return { url: `/images/${n.toString(36)}.jpg`, alt, caption: null, credit, width: 1600, height: 900 }
}

function pickTopics(rank: (chance: Random) => number, chance: Random): string[] {
  const share = chance.next()
  const rest = () => topicNames[2 + rank(chance)] ?? ''
  const first = share < 0.48 ? landmarks.commonTopic : share < 0.69 ? landmarks.secondTopic : rest()
  const topics = unique(chance.chance(0.12) ? [first, rest()] : [first])
  const [one, other] = landmarks.rareTopics
  return topics.includes(one) && topics.includes(other) ? [one] : topics
}

function pickTags(
  names: readonly string[],
  topics: readonly string[],
  position: number,
  rank: (chance: Random) => number,
  chance: Random,
): string[] {
  const drawn = Array.from({ length: 5 }, () => rank(chance))
  const isSecond = topics.includes(landmarks.secondTopic)
  const allowed = isSecond ? drawn.filter((n) => n !== landmarks.tagWithoutSecondTopic) : drawn
  const tags = allowed.map((n) => names[n] ?? '')
  const isEarly = position < 0.1 && chance.chance(0.3)
  const isLate = position >= 0.8 && chance.chance(0.25)
  return unique([...tags, ...(isEarly ? [landmarks.earlyTag] : []), ...(isLate ? [landmarks.lateTag] : [])])
}

/** From none, for each third article, to twelve; three and a half on average. */
function workCount(chance: Random): number {
  if (chance.chance(0.3)) return 0
  return Math.min(MAX_WORKS, 1 + Math.floor(-Math.log(1 - chance.next()) * 4.5))
}

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)]
