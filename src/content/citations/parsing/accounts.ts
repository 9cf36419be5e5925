const platform =
  '(?:新浪微博|微博|知乎|小红书|抖音|快手|豆瓣|[Bb]站|哔哩哔哩|YouTube|X|推特|Twitter|视频号|今日头条|头条号|百家号)'
const holder = '(?:用户|博主|账号|帐号|答主|频道|官方账号|UP主|up主|号|主播)'
const user = new RegExp(
  `^(?:${platform}\\s?${holder}\\s?[：:]?\\s?|${platform}\\s?[：:]?\\s?(?=[“"「@]|\\s)|(?:UP主|up主|网友|用户|博主|播主|答主|层主|楼主)\\s?[：:]?\\s?)(?=\\S)`,
  'u',
)
const wechatBefore =
  /^(?:微信公众号|微信公众平台|微信公号|公众号|公号)\s?[：:]?\s*[“"「『]?([^”"」』]{1,40})[”"」』]?$/u
const wechatAfter = /^([^（(]{1,40})\s?[（(](?:微信)?(?:公众号|公号|微信公众平台)[）)]$/u

/** The words of accounts after which a colon parts nothing (`UP主：某某`, `公众号：某某`). */
export const accountWords = `UP主|公众号|公号|微博|知乎|小红书|抖音|用户|账号|博主`

/** Who posted, by the account's name: `微博用户@X`, `新浪微博“X”`, `UP主：X`; null when this is no account. */
export function accountIn(text: string): string | null {
  return user.test(text) ? withoutQuotes(text.replace(user, '').trim()) : null
}

/** The name of a WeChat account: `微信公众号“X”`, `公众号：X`, `X（微信公众号）`; null when this is none. */
export function wechatAccountIn(text: string): string | null {
  const name = (wechatBefore.exec(text) ?? wechatAfter.exec(text))?.[1]
  return name === undefined ? null : withoutQuotes(name.trim())
}

const quoted =
  /^(?:“[^“”]*”|"[^"]*"|「[^「」]*」|『[^『』]*』|‘[^‘’]*’|【[^【】]*】|（[^（）]*）|\([^()]*\)|\[[^[\]]*\])$/u

/** A name without the quotes or brackets around the whole. */
export function withoutQuotes(text: string): string {
  return quoted.test(text) ? text.slice(1, -1).trim() : text
}
