import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'
import { type Article, fillNewsroom } from './listed-newsroom.ts'
import { asked, type FacetName, isPublic, plainList, type Query, queryOf, sourcesOf } from './plain-list.ts'

/** `SEED=…` runs once more what failed. */
const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
const LISTS = 300

const siteTimeZone = 'Asia/Shanghai'
const api = await startApi({ siteTimeZone })
const articles = await fillNewsroom(api, seed)
const query = queryOf(articles)

interface Answer {
  readonly data: readonly { readonly id: string }[]
  readonly page: { readonly next: string | null; readonly prev: string | null; readonly total?: number }
  readonly facets?: Readonly<Record<string, readonly { slug: string; name: string; count: number }[]>>
}

async function get(path: string, isEditor: boolean): Promise<Answer> {
  const headers: Record<string, string> = isEditor ? { authorization: `Bearer ${ADMIN_KEY}` } : {}
  const response = await fetch(`${api.url}${path}`, { headers })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

/** As many articles a page as make about the parts that the query says; often the last page is full. */
const limitOf = ({ parts }: Query, { length }: readonly unknown[]): number =>
  Math.min(100, Math.max(1, Math.ceil(length / parts)))

const addressOf = (each: Query, limit: number): string =>
  `/v1/articles?${asked(each)}&limit=${limit}&fields=id`

/** The pages of a list, from the one at the cursor on, in the order of asking. */
async function walk(
  each: Query,
  limit: number,
  to: 'next' | 'prev',
  from: string | null = null,
): Promise<Answer[]> {
  const path = addressOf(each, limit)
  const pages: Answer[] = []
  for (let cursor = from; pages.length === 0 || cursor !== null; ) {
    const page = await get(cursor === null ? path : `${path}&cursor=${cursor}`, each.isEditor)
    pages.push(page)
    cursor = page.page[to]
    // No list has more pages than articles: one that has walks in a circle.
    if (pages.length > articles.length) throw new Error(`${path} does not end.`)
  }
  return pages
}

const walked = new Map<string, Answer[]>()

/** All pages of a list; read once for all laws, since nobody writes any more. */
async function walkThere(each: Query, limit: number): Promise<Answer[]> {
  const key = `${each.isEditor} ${limit} ${asked(each)}`
  const there = walked.get(key) ?? (await walk(each, limit, 'next'))
  walked.set(key, there)
  return there
}

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

/** A list in pages; an empty list has one, which is empty. */
function inPages(list: readonly Article[], limit: number): string[][] {
  const count = Math.max(1, Math.ceil(list.length / limit))
  return Array.from({ length: count }, (_, n) => ids(list.slice(n * limit, (n + 1) * limit)))
}

/** How often each value occurs. */
function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** The month of an article in the site's time zone, `YYYY-MM`. */
function monthOf({ publishedAt }: Article): string[] {
  if (publishedAt === null) return []
  const { year, month } = Temporal.Instant.from(publishedAt).toZonedDateTimeISO(siteTimeZone)
  return [`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`]
}

/** The last instant of 9999 is in the year 10000 east of Greenwich. */
const byMonth = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1)

const valuesOf: Readonly<Record<FacetName, (article: Article) => string[]>> = {
  tag: ({ tags }) => tags.map(({ slug }) => slug),
  topic: ({ topics }) => topics.map(({ slug }) => slug),
  month: monthOf,
  source: (article) => ids(sourcesOf(article)),
}

/** Tries random lists, the same for each law. */
const forAnyList = (law: (query: Query, list: Article[]) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(query, (each) => law(each, plainList(articles, each))),
    { seed, numRuns: LISTS },
  )

describe(`lists of what a newsroom wrote (SEED=${seed})`, { timeout: 120_000 }, () => {
  test('a list is what a plain filter of all articles gives, page by page', async () => {
    const lengths: number[] = []
    await forAnyList(async (each, list) => {
      const limit = limitOf(each, list)
      const there = await walkThere(each, limit)
      expect(there.map(({ data }) => ids(data))).toEqual(inPages(list, limit))
      expect(there[0]?.page.prev).toBeNull()
      lengths.push(list.length)
    })
    // Lists that have nothing on them prove little.
    expect(lengths.filter((length) => length > 0).length).toBeGreaterThan(LISTS / 4)
    expect(lengths.filter((length) => length > 10).length).toBeGreaterThan(LISTS / 10)
  })

  test('the walk back is the walk there', async () => {
    let backwards = 0
    await forAnyList(async (each, list) => {
      const limit = limitOf(each, list)
      const there = await walkThere(each, limit)
      const last = there.at(-1)?.page.prev ?? null
      if (last === null) {
        expect(there).toHaveLength(1)
        return
      }
      const back = await walk(each, limit, 'prev', last)
      expect(back.toReversed().map(({ data }) => data)).toEqual(there.slice(0, -1).map(({ data }) => data))
      const turned = await get(`${addressOf(each, limit)}&cursor=${back.at(-1)?.page.next}`, each.isEditor)
      expect(turned.data).toEqual(there[1]?.data)
      backwards += 1
    })
    expect(backwards).toBeGreaterThan(LISTS / 10)
  })

  test('total and facets count that list', async () => {
    await forAnyList(async (each, list) => {
      const facets = each.facets.length === 0 ? '' : `&facets=${each.facets.join(',')}`
      const { page, facets: told } = await get(
        `/v1/articles?${asked(each)}&limit=1&total=true${facets}`,
        each.isEditor,
      )
      expect(page.total).toBe(list.length)
      for (const name of each.facets) {
        const values = told?.[name] ?? []
        const counts = countBy(list.flatMap(valuesOf[name]))
        const most = [...counts.values()].sort((a, b) => b - a)
        expect(values.map(({ slug, count }) => [slug, count])).toEqual(
          values.map(({ slug }) => [slug, counts.get(slug)]),
        )
        // Months stand in their order, and are all told; of the others the hundred most frequent.
        if (name === 'month') expect(values.map(({ slug }) => slug)).toEqual([...counts.keys()].sort(byMonth))
        else expect(values.map(({ count }) => count)).toEqual(most.slice(0, 100))
      }
    })
  })

  test('what is kept counted is what counting anew gives', async () => {
    const everything = '/v1/articles?limit=1&total=true&facets=tag,topic,month'
    const kept = await get(everything, false)
    const anew = await get(`${everything}&publishedAfter=0001-01-01T00:00:00Z`, false)
    expect(kept.facets).toEqual(anew.facets)
    expect(kept.page.total).toBe(anew.page.total)
  })

  describe.each(['tags', 'topics', 'authors'] as const)(
    'counts of %s are those of their articles',
    (kind) => {
      const countsOf = (list: readonly Article[]) =>
        countBy(list.flatMap((article) => article[kind].map(({ slug }) => slug)))
      const told = async (asker: typeof api.reader | typeof api.admin) => {
        const { body } = await asker.get(`/v1/${kind}?limit=100`).expect(200)
        expect(body.page.next).toBeNull()
        const terms: { slug: string; articleCount: number }[] = body.data
        return terms.map(({ slug, articleCount }): [string, number] => [slug, articleCount])
      }

      test('that are public, for readers; what these have not is not there', async () => {
        expect(new Map(await told(api.reader))).toEqual(countsOf(articles.filter(isPublic)))
      })

      test('that are not in the trash, for editors', async () => {
        const used = (await told(api.admin)).filter(([, count]) => count > 0)
        expect(new Map(used)).toEqual(countsOf(articles.filter(({ trashedAt }) => trashedAt === null)))
      })
    },
  )
})
