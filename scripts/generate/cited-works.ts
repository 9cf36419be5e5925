import { type Citation, citationsOf } from '#src/content/citations/citations.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import { filled, personName } from './prose.ts'
import { type Random, random, zipf } from './random.ts'
import { chinese, english } from './words.ts'

const DOMAINS = 2_000

/** The works that there are to cite: the lasting ones first, cited at any time, then news, cited when they are new. */
export interface Works {
  readonly count: number
  readonly lasting: number
  readonly seed: number
  /** When the first and the last news were written, in milliseconds. */
  readonly from: number
  readonly until: number
}

/** 60,000 works for 200,000 articles or more. */
export function worksOf(plan: { articles: number; seed: number; until: number }, from: number): Works {
  const count = Math.min(60_000, Math.max(600, Math.round(plan.articles * 0.3)))
  return { count, lasting: Math.round(count / 10), seed: plan.seed, from, until: plan.until }
}

/** A work that articles cite, as a note. */
export interface CitedWork {
  /** The note's text after its label. */
  readonly markdown: string
  /** What stands between `<p>` and `</p>`. */
  readonly html: string
  readonly citation: Citation
}

/** Works that are rendered together: starting the renderer for each would take longer than they do. */
const BLOCK = 40

/** Gives a work by its number, rendered when it is first asked for. */
export function citedWorks(all: Works): (work: number) => CitedWork {
  const blocks = new Map<number, CitedWork[]>()
  const domainOf = zipf(DOMAINS)
  return (work) => {
    const block = Math.floor(work / BLOCK)
    const works = blocks.get(block) ?? renderedWorks(block, all, domainOf)
    blocks.set(block, works)
    const found = works[work % BLOCK]
    if (found === undefined) throw new RangeError(`There is no work ${work}.`)
    return found
  }
}

/** Which works an article cites that is written at `position` (0 to 1) of the whole time; each once. */
export function pickWorks(
  all: Works,
  count: number,
  position: number,
  rank: (chance: Random) => number,
  chance: Random,
): number[] {
  const picked = new Set<number>()
  const news = all.count - all.lasting
  for (let draw = 0; draw < count; draw += 1) {
    if (chance.chance(0.45)) picked.add(rank(chance))
    else {
      const age = Math.floor(-Math.log(1 - chance.next()) * (news / 200))
      picked.add(all.lasting + Math.max(0, Math.min(news - 1, Math.floor(position * news) - age)))
    }
  }
  return [...picked]
}

function renderedWorks(block: number, all: Works, domainOf: (chance: Random) => number): CitedWork[] {
  const markdowns = Array.from({ length: BLOCK }, (_, n) => note(block * BLOCK + n, all, domainOf))
  const body = markdowns.map((markdown, n) => `[^${n}]\n\n[^${n}]: ${markdown}`).join('\n\n')
  const citations = citationsOf(renderBody(body).notes, [])
  return markdowns.map((markdown, n) => {
    const citation = citations[n]
    const html = /^<p>(.*)<\/p>\n$/s.exec(citation?.html ?? '')?.[1]
    if (citation === undefined || html === undefined)
      throw new Error(`This is no note of one paragraph: ${markdown}`)
    return { markdown, html, citation }
  })
}

function note(
  work: number,
  { seed, count, lasting, from, until }: Works,
  domainOf: (chance: Random) => number,
): string {
  const chance = random(seed, 11, work)
  const words = chance.chance(0.65) ? chinese : english
  const title = filled(chance.pick(words.works), words, chance)
  const outlet = chance.pick(words.outlets)
  const domain = domainName(domainOf(chance))
  const person = personName(words, chance)
  if (work < lasting) {
    const url = `https://${domain}/reports/${work.toString(36)}`
    return words === chinese ? `${outlet}. [${title}](${url})` : `${person}. [${title}](${url}). *${outlet}*.`
  }
  const at = new Date(from + ((work - lasting) / (count - lasting)) * (until - from))
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
  const url = `https://${domain}/${year}/${month}/${work.toString(36)}`
  if (words === chinese) return `${outlet}. [${title}](${url})（${year}/${month}/${day}）`
  return `${person} (${year}). [${title}](${url}). *${outlet}*. Accessed ${day} ${MONTHS[month - 1]} ${year}.`
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

const FIRST =
  'harbour quay north south east west city river valley bridge market tower garden lantern signal field coast delta summit prairie island meadow orchard canal copper silver granite cedar maple willow linlan beian nanqiao wangjiang haitang songjiang longtan lanting dongdu pukou changting gucheng yunshan xiping zhuxi'.split(
    ' ',
  )
const LAST =
  'daily news times post review journal weekly ledger record press observer tribune courier bulletin digest monitor report wire data archive notes survey gazette herald chronicle index brief letters dispatch forum voice watch lens desk papers docs stats audit registry library institute academy agency bureau office'.split(
    ' ',
  )

/** Domains that nobody can own (RFC 2606 §2). */
const domainName = (rank: number) =>
  `${FIRST[rank % FIRST.length]}-${LAST[Math.floor(rank / FIRST.length) % LAST.length]}.example`
