const platform =
  '(?:新浪微博|微博|知乎|小红书|抖音|快手|豆瓣|[Bb]站|哔哩哔哩|YouTube|X|推特|Twitter|视频号|今日头条|头条号|百家号)'
const holder = '(?:用户|网友|博主|账号|帐号|答主|频道|官方账号|UP主|up主|号|主播)'
const user = new RegExp(
  `^(?:${platform}\\s?${holder}\\s?[：:]?\\s?|${platform}\\s?[：:]?\\s?(?=[“"「@]|\\s)|(?:UP主|up主|网友|用户|博主|播主|答主|层主|楼主)\\s?[：:]?\\s?)(?=\\S)`,
  'u',
)
const latinUser =
  /^(?:(?:Quora|Reddit|Twitter|X|Weibo|Zhihu|YouTube|TikTok|Instagram|Mastodon|Stack Overflow|Hacker News|GitHub|Bilibili) )?(?:user|account|commenter|poster|channel) (?=[“"@\p{L}])/iu
// What a user said where: `“某某”在问题`, `“X” in the question`.
const quotedFirst =
  /^[“"「『]([^“”"「」『』]{1,40})[”"」』](?=\s?(?:[在于於对就关的发回：:，,]|in|on|under|to)(?!\p{Ll}))/u
const inPlace =
  /(?<=.)[在于於](?:问题|問題|回答|帖子|小组|讨论|评论|话题|专栏|文章|视频|直播|微博|\p{Script=Han}{2}小组|小组讨论)(?:中|里|下|上)?$/u
const inPlaceLatin = /\s(?:in|on|under) (?:the )?(?:question|thread|post|comments?|discussion|topic)$/iu

const wechat =
  '(?:微信公众号|微信公众平台|微信公号|公众号|公號|公号|微信号|WeChat (?:public |official )?account)'
const wechatBefore = new RegExp(`^${wechat}\\s?[：:]?\\s*[“"「『]?([^”"」』]{1,40})[”"」』]?$`, 'iu')
const wechatAfter = new RegExp(`^([^（(]{1,40}?)\\s?[（(]${wechat}[）)]$`, 'iu')
const wechatBehind = new RegExp(`^[“"「『]([^”"」』]{1,40})[”"」』]\\s?(?:的)?${wechat}$`, 'iu')
// `“中国气象局”官方微博`, `周鸿祎微博`
const accountBehind =
  /^(?:[“"「『]([^”"」』]{1,40})[”"」』]|([^“”"「」『』\s，,。：:]{2,20}?))的?(?:官方|个人|新浪|认证)?(?:微博|微博账号|抖音号|抖音|视频号|小红书|B站|B站账号|头条号|知乎账号)$/u
const wechatId =
  /\s?[（(](?:微信(?:公众)?号?|公众号)?\s?(?:ID\s?[：:]\s?|(?<=[号信])[：:\s]\s?)[\w-]{2,40}[）)]/giu

/** The words of accounts after which a colon parts nothing (`UP主：某某`, `公众号：某某`). */
export const accountWords = `UP主|公众号|公号|微博|知乎|小红书|抖音|用户|账号|博主`

/** Who posted, by the account's name: `微博用户@X`, `新浪微博“X”`, `UP主：X`; null when this is no account. */
export function accountIn(text: string): string | null {
  const handle = /^(@[\w.-]{1,40}) (?:on|via) \p{Lu}\w{1,20}$/u.exec(text)?.[1]
  if (handle !== undefined) return handle
  const form = user.test(text) ? user : latinUser.test(text) ? latinUser : null
  if (form === null) return null
  const rest = text.replace(form, '').trim()
  const name = quotedFirst.exec(rest)?.[1] ?? rest.replace(inPlace, '').replace(inPlaceLatin, '')
  return withoutQuotes(name.trim())
}

/** Whose account this is, by the word for it behind the name: `“中国气象局”官方微博`; null for none. */
export function accountNamedBefore(text: string): string | null {
  const match = accountBehind.exec(text)
  return match?.[1] ?? match?.[2] ?? null
}

/** The name of a WeChat account: `微信公众号“X”`, `“X”公众号`, `X（微信公众号）`; null when this is none. */
export function wechatAccountIn(text: string): string | null {
  const name = (wechatBehind.exec(text) ?? wechatBefore.exec(text) ?? wechatAfter.exec(text))?.[1]
  return name === undefined ? null : withoutQuotes(name.trim())
}

/** The text with `（公众号）` where it gives the handle of a WeChat account: `深燃（ID：shenrancaijing）`. */
export function withoutWechatIds(text: string): string {
  return text.replace(wechatId, '（公众号）')
}

const quoted =
  /^(?:“[^“”]*”|"[^"]*"|「[^「」]*」|『[^『』]*』|‘[^‘’]*’|【[^【】]*】|（[^（）]*）|\([^()]*\)|\[[^[\]]*\])$/u

/** A name without the quotes or brackets around the whole. */
export function withoutQuotes(text: string): string {
  return quoted.test(text) ? text.slice(1, -1).trim() : text
}
