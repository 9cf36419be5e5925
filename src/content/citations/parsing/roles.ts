import { isNameLike } from './name-like.ts'
import { namesIn } from './names.ts'

const person =
  '(?:本报|本刊|本台|本网|特约|特派|驻\\p{Script=Han}{2,4}|首席|高级|资深|实习|见习|\\p{Script=Han}{0,6}?)(?:记者|記者|主笔|实习生|实习记者|撰稿人|撰稿|作者|通讯员|研究员|撰文|编译|文字|博主|编者|主持人|主播|UP主|up主|答主|专栏作家|分析师)'
const first = new RegExp(
  `^(?:${person}|文|口述|by)(?:为|是(?=\\p{Script=Han}{2,4}$))?\\s?[：:｜|丨/／]?\\s*`,
  'iu',
)
const firstAfterOutlet = new RegExp(`^(?:客户端)?${person}`, 'u')
const last =
  /\s*(?:整理|编译|編譯|编著|編著|主编|主編|合著|等?著|撰文|撰|采写|编|編|报道|報道|（整理）|\(host\)|（主编）|（编）|口述)$/iu
const helper = /(?:译|譯|校|责编|责任编辑|编辑|校对|审校|审|摄影|插图|制图|监制)$/u

/** Does a role stand before the names, so that blanks part them (`记者 张三 李四`, `By Jane Doe`)? */
export function beginsWithRole(text: string): boolean {
  return first.test(text)
}

/** Does a role follow an outlet's name (`新华社` + `记者 张三`)? */
export function isRoleAfterOutlet(text: string): boolean {
  return firstAfterOutlet.test(text)
}

/** Is this somebody who did not write the work: a translator, proofreader, editor or photographer? */
export function isHelper(text: string): boolean {
  return helper.test(text) && /\p{Script=Han}/u.test(text)
}

/** The names without `整理`, `编译`, `著` and other roles behind them. */
export function withoutLastRole(text: string): string {
  return text.replace(last, '')
}

/** The names after a role, one string a person; none when no role stands there. */
export function personsAfterRole(text: string): string[] {
  const match = first.exec(text.trim())
  if (!match) return []
  return namesIn(withoutLastRole(text.trim().slice(match[0].length)))
    .flatMap((name) => (/^[\p{Script=Han} \u3000]+$/u.test(name) ? name.split(/[ \u3000]+/u) : [name]))
    .map(withoutRoles)
    .filter(isNameLike)
}

/** A name without a role before or behind it. */
export function withoutRoles(name: string): string {
  return withoutLastRole(name.replace(first, ''))
}
