import { normalizeName } from '#src/content/names.ts'
import { personName } from './prose.ts'
import { type Random, random } from './random.ts'
import { chinese, english } from './words.ts'

const TAGS = 2_000
const AUTHORS = 200

/** Topics, by how often they occur: the first has 48 % of all articles, the second 21 %. */
export const topicNames = [
  '社会',
  '科技',
  '财经',
  'Culture',
  '教育',
  '健康',
  'Climate',
  '体育',
  '国际',
  'Opinion',
  '副刊',
  'Corrections desk',
] as const

/** What large tests look for: the worst that lists can be asked. */
export const landmarks = {
  /** 48 % and 21 % of all articles, and no article has both. */
  commonTopic: topicNames[0],
  secondTopic: topicNames[1],
  /** Rare, and no article has both. */
  rareTopics: [topicNames[10], topicNames[11]],
  /** The second most used tag: no article of `secondTopic` has it. */
  tagWithoutSecondTopic: 1,
  /** 3 % of all articles, all of them in the first tenth of the time. */
  earlyTag: '创刊号',
  /** 5 % of all articles, all of them in the last fifth. */
  lateTag: '生成式人工智能',
} as const

/** Names of tags by rank: subjects, places, then subjects of places. */
export function tagNames(seed: number): string[] {
  const chance = random(seed, 21)
  const subjects = shuffled([...chinese.subjects, ...english.subjects], chance)
  const places = shuffled([...chinese.places, ...english.places], chance)
  const both = [chinese, english].flatMap(({ places: where, subjects: what, gap }) =>
    where.flatMap((place) => what.map((subject) => `${place}${gap}${subject}`)),
  )
  const names = new Map<string, string>()
  for (const name of [...subjects, ...places, ...shuffled(both, chance)]) names.set(normalizeName(name), name)
  if (names.size < TAGS) throw new Error('There are too few words for the tags.')
  return [...names.values()].slice(0, TAGS)
}

/** Names of authors; the first write most. */
export function authorNames(seed: number): string[] {
  const chance = random(seed, 22)
  const names = new Set<string>()
  while (names.size < AUTHORS) names.add(personName(chance.chance(0.7) ? chinese : english, chance))
  return [...names]
}

function shuffled<Item>(items: readonly Item[], chance: Random): Item[] {
  return items
    .map((item) => ({ item, key: chance.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
