import { accountIn, accountNamedBefore, wechatAccountIn, withoutQuotes } from './accounts.ts'
import { withoutMarks } from './marks.ts'
import { isDescription, isNameLike, isProse } from './name-like.ts'
import { namesIn } from './names.ts'
import { isOrganisation } from './organisations.ts'
import { isOutletBeforeTitle, jointOutlets, leadingOutlet, type Outlet, outletOf } from './outlets.ts'
import { partsBeforeTitle } from './parts-before-title.ts'
import { beginsWithRole, isHelper, isRoleAfterOutlet, personsAfterRole, withoutLastRole } from './roles.ts'

/** Who stands before a title. */
export interface BeforeTitle {
  authors: string[]
  /** Those of the authors that are organisations: the publisher, where only one is and no other is named. */
  organisations: string[]
  publisher: string | null
  containerTitle: string | null
}

/** How to read it. */
export interface BeforeTitleOptions {
  /** On posts, videos and podcasts whoever stands there is the author alone, unless it is an outlet. */
  isPost: boolean
  /** Is there only a link, without a title? */
  isUntitled: boolean
  /** Is there no link? Then one capitalised word (`Plato`) is more often a person than an organisation. */
  isInWords: boolean
}

/**
 * Reads what stands before a title: outlet, authors, account, programme.
 * @param text with marks in place of dates
 */
export function readBeforeTitle(
  text: string,
  { isPost, isUntitled, isInWords }: BeforeTitleOptions,
): BeforeTitle {
  const found: BeforeTitle = { authors: [], organisations: [], publisher: null, containerTitle: null }
  const parts = partsBeforeTitle(text)
  // Without a title the text before a link may be anything: only one name that stands alone is read, or a handle.
  const isAlone = parts.length === 1 && !parts.some(isDescription)
  if (isUntitled && !isAlone && !isHandleAndPlatform(parts)) return found
  for (const part of parts) readPart(part, isPost, found)
  if (isInWords) found.organisations = found.organisations.filter((name) => !/^\p{Lu}\p{Ll}+$/u.test(name))
  return found
}

/** `@name, X` */
function isHandleAndPlatform([handle = '', platform = '', ...more]: readonly string[]): boolean {
  return /^@[\w.]+$/.test(handle) && isPlatform(outletOf(platform)) && more.length === 0
}

const programme = /^(?:播客|节目|纪录片|电台|podcast)(?:节目)?\s?[：:]?\s*[《“"「]([^》”"」]{1,60})[》”"」]/iu
const issue = /^(?:episode|ep\.|season|vol\.|no\.|issue|part)\s?\d/i

// The longest lists of authors; anything longer is prose.
const maxPartLength = 600

const marked = /^(\p{Script=Han}{0,4})(?:《([^》]{1,80})》|\uFDD3([^\uFDD4]{1,80})\uFDD4)(.{0,40})$/u
const country =
  /^(?:据)?(?:[中美英日法德俄韩]国?|美国|英国|日本|法国|德国|俄罗斯|韩国|新加坡|加拿大|澳大利亚|印度|意大利|西班牙|以色列|瑞士|荷兰|香港|台湾|澳门)$/u

function readPart(written: string, isPost: boolean, found: BeforeTitle): void {
  const part = withoutQuotes(withoutMarks(written).trim())
  if (part === '' || part.length > maxPartLength || issue.test(part)) return
  const account = accountIn(part)
  const wechatAccount = wechatAccountIn(part)
  const programmeName = programme.exec(part)?.[1]
  const name = marked.exec(written)
  if (programmeName !== undefined) found.containerTitle ??= programmeName
  else if (wechatAccount !== null) found.publisher ??= wechatAccount
  else if (name && isMarkedName(name)) readMarkedName(name[2] ?? name[3] ?? '', name[4] ?? '', isPost, found)
  else if (account !== null) addAccount(account, found)
  else if (!readOutlet(part, found)) readOthers(part, isPost, found)
}

/** `《新京报》记者 张三`, `美国《华尔街日报》网站`: a name in marks with a byline or what kind of thing it is. */
function isMarkedName([, before = '', book, emphasised, after = '']: RegExpExecArray): boolean {
  if (before !== '' && (!country.test(before) || outletOf(book ?? emphasised ?? '') === null)) return false
  return after.length <= 12 || personsAfterRole(after).length > 0
}

function addAccount(account: string, found: BeforeTitle): void {
  if (isNameLike(account)) found.authors.push(account)
}

function readOthers(part: string, isPost: boolean, found: BeforeTitle): void {
  const owner = accountNamedBefore(part)
  if (owner !== null && (isPost || !isOrganisation(owner))) addAccount(owner, found)
  else readNames(part, isPost, found)
}

/** `《三联生活周刊》` is an outlet; before a post, an unknown name is that of its programme. */
function readMarkedName(name: string, rest: string, isPost: boolean, found: BeforeTitle): void {
  const outlet = outletOf(name)
  if (isPlatform(outlet) || (outlet === null && isPost)) found.containerTitle ??= name
  else found.publisher ??= name
  found.authors.push(...personsAfterRole(rest))
}

function isPlatform(outlet: Outlet | null): boolean {
  return outlet !== null && !isOutletBeforeTitle(outlet)
}

const wire =
  /^(?:客户端)?(?:\p{Script=Han}{0,6})?\s?(?:\d{1,2}月)?(?:\d{1,2}日)?\s?(?:消息|电|電|讯|訊|报道|報道)(?:$|(?=\s?[（(]|\s))/u
const ownSite = /^(?:客户端|官网|官方微博|微信公众号|微博|APP|App|网站|官方网站|公众号)$/u

/** Reads `36氪`, `新华社记者 李棠宁、王墨`, `财联社7月1日电`, `澎湃新闻报道`; false when the part is something else. */
function readOutlet(part: string, found: BeforeTitle): boolean {
  const exact = outletOf(part)
  if (exact) {
    if (isPlatform(exact)) found.containerTitle ??= part
    else found.publisher ??= part
    return true
  }
  const joint = jointOutlets(part)
  if (joint !== null) {
    found.authors.push(...joint)
    return true
  }
  const leading = leadingOutlet(part)
  if (leading === null || isPlatform(leading.outlet)) return false
  const isSite = /^网(?!络)/u.test(part.slice(leading.name.length)) && !leading.name.endsWith('网')
  const name = isSite ? `${leading.name}网` : leading.name
  const rest = part.slice(name.length).trim()
  const wireWords = wire.exec(rest)?.[0] ?? ''
  const byline = rest.slice(wireWords.length).replace(/^\s?[（(](.*)[)）]$/u, '$1')
  const isNamedWithMore = wireWords !== '' || isRoleAfterOutlet(rest) || /^[（(]/u.test(rest)
  if (!isNamedWithMore && !ownSite.test(rest)) return false
  found.publisher ??= name
  found.authors.push(...personsAfterRole(byline))
  return true
}

function readNames(written: string, isPost: boolean, found: BeforeTitle): void {
  const part = withoutSite(written)
  if (isProse(part) || isHelper(part)) return
  // `Smith et al.` are persons, though one Latin word is an organisation elsewhere.
  const hasOthers = /\bet\.? al\b/iu.test(part)
  const isByline = beginsWithRole(part) && /\p{Script=Han}/u.test(part)
  const persons = isByline ? personsAfterRole(part) : []
  const names = persons.length > 0 ? persons : namesIn(withoutLastRole(withoutNationality(part)))
  for (const one of names) {
    const name = withoutQuotes(withoutLastRole(withoutNationality(one)))
    if (!isNameLike(name)) continue
    const isOutlet = outletOf(name)?.kind === 'outlet'
    if (isOutlet && !isPost) {
      found.publisher ??= name
      continue
    }
    found.authors.push(name)
    if (!isPost && isOrganisation(name) && !(hasOthers && !name.includes(' '))) found.organisations.push(name)
  }
}

/** `国家统计局网站` is the office that it belongs to. */
function withoutSite(part: string): string {
  const owner = /^(.{2,40}?)(?:官方网站|官方微博|官网|网站|官微)$/u.exec(part)?.[1]
  return owner !== undefined && isOrganisation(owner) ? owner : part
}

function withoutNationality(text: string): string {
  return text.replace(/^\s*(?:[[［【(（〔]\p{Script=Han}{1,6}[\]］】)）〕])\s*/u, '')
}
