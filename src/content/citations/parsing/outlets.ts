import type { CitationType } from '../citations.ts'

/** An outlet has an editorial office and answers for what it prints; a platform carries what others write. */
export interface Outlet {
  kind: 'outlet' | 'platform'
  type: CitationType | null
}

const newspapers = `
澎湃新闻 澎湃 澎湃新闻网 财新 财新网 第一财经 第一财经日报
界面 界面新闻 21世纪经济报道 21财经 21经济网 每日经济新闻 每经网 财联社 证券时报 证券时报网 中国证券报 中证网 上海证券报 证券日报 智通财经
智通财经网 经济观察报 经济观察网 经济日报 中国经济网 中国经营报 华夏时报 南方周末 南方都市报 南方日报 南方网 南方+ 新京报 新京报网 北京日报
北京青年报 北京晚报 解放日报 文汇报 新民晚报 上观新闻 羊城晚报 广州日报 南都 红星新闻 封面新闻 极目新闻 九派新闻 顶端新闻 大河报 钱江晚报
都市快报 扬子晚报 新华日报 浙江日报 潮新闻 四川日报 湖北日报 楚天都市报 齐鲁晚报 重庆日报 深圳特区报 中国青年报 中青在线 中国青年网 科技日报 中国科技网 光明日报 光明网
法治日报 法制日报 检察日报 人民法院报 工人日报 农民日报 中国日报 中国日报网 环球时报 环球网 参考消息 申报 大公报 明报 文匯報 星島日報 東方日報
蘋果日報 苹果日报 聯合報 中國時報 自由時報 中央社 新华社 新華社 新华网 新華網 新华每日电讯 人民日报 人民日報 人民日报海外版 人民网 人民網 中新社 中新网
中国新闻网 中国新闻社 央视 央视新闻 央视新闻客户端 央视网 央视财经 中国之声 央广网 国际在线 中央广播电视总台 中国网 中国经济时报 经济参考报 联合早报
聯合早報 早报 端传媒 端傳媒 报导者 報導者 香港电台 香港電台 路透社 路透 法新社 美联社 共同社 彭博社 彭博 彭博新闻社 塔斯社 纽约时报 纽约时报中文网
華爾街日報 华尔街日报 华尔街日报中文网 华盛顿邮报 金融时报 FT中文网 BBC中文 BBC中文网 BBC英伦网 美国之音 德国之声 法广 卫报 朝日新闻 日本经济新闻 日经中文网 南华早报 海峡时报 华尔街见闻
每日人物 时代周报 时代财经 中国商报 中国消费者报 健康报 中国教育报 中国环境报 中国社会科学报 社会科学报 中国科学报 学习时报 解放军报 东方网 大众日报 蓝鲸财经 蓝鲸新闻 北京商报 国际金融报 贝壳财经 观察者网
|New York Times|NYT|NYTimes|New York Times Chinese|Reuters|Thomson Reuters|Associated Press|AP|AP News|Agence France-Presse|AFP|Guardian|Observer|BBC|BBC News|BBC Sport
|BBC World Service|Washington Post|Wall Street Journal|WSJ|Financial Times|FT|Bloomberg|Bloomberg News|Bloomberg Businessweek News|CNN|CNN Business|NPR|PBS|PBS NewsHour|NBC News|CBS News|ABC News|CNBC|MSNBC|Fox News|Sky News
|ITV News|Al Jazeera|Al Jazeera English|Deutsche Welle|DW|France 24|Euronews|Le Monde|Le Figaro|Libération|El País|Der Spiegel Online|Süddeutsche Zeitung|Frankfurter Allgemeine Zeitung|Die Welt|Times|Sunday Times|Times of London|Daily Telegraph
|Telegraph|Independent|Evening Standard|Daily Mail|Mirror|Sun|Scotsman|Herald|Irish Times|Irish Independent|Los Angeles Times|LA Times|Chicago Tribune|Boston Globe|San Francisco Chronicle|Philadelphia Inquirer|Miami Herald|Seattle Times|USA Today|Politico
|Axios|Hill|HuffPost|Huffington Post|BuzzFeed News|ProPublica|Intercept|Christian Science Monitor|Australian|Sydney Morning Herald|Age|Australian Financial Review|ABC News (Australia)|Globe and Mail|Toronto Star|CBC News|CBC
|New Zealand Herald|RNZ|Stuff|Times of India|Hindu|Indian Express|Hindustan Times|Straits Times|South China Morning Post|SCMP|China Daily|Global Times|Xinhua|Xinhua News Agency|People's Daily|CGTN|Caixin|Caixin Global|Sixth Tone|Nikkei|Nikkei Asia
|Japan Times|Asahi Shimbun|Yomiuri Shimbun|Mainichi Shimbun|Kyodo News|Korea Herald|Yonhap|Yonhap News Agency|Yahoo Finance|Yahoo News|MarketWatch|Business Insider|Insider|Semafor|Moscow Times|TASS|Haaretz|Jerusalem Post|Times of Israel|Press Association|PA Media|UPI|United Press International`

const magazines = `
36氪 36Kr 虎嗅 虎嗅网 虎嗅APP 机器之心 新智元 量子位 极客公园 晚点 晚点LatePost LatePost 钛媒体 钛媒体App 钛媒体APP IT之家 三联生活周刊 三聯生活週刊
财新周刊 财经 财经杂志 财经十一人 财经天下周刊 中国新闻周刊 中国企业家 中国经济周刊 新周刊 南方人物周刊 人物 每日人物 智族GQ GQ报道 南风窗 瞭望 瞭望东方周刊 半月谈
商业周刊中文版 第一财经周刊 第一财经杂志 财富中文网 福布斯中国 哈佛商业评论 环球科学 科学美国人 果壳 果壳网 雷锋网 雷峰网 品玩 PingWest品玩 爱范儿 少数派 DeepTech深科技 麻省理工科技评论 InfoQ InfoQ中文站 亿欧
亿邦动力 猎云网 创业邦 投资界 动点科技 速途网 cnBeta 驱动之家 快科技 智东西 甲子光年 硅星人 深网 字母榜 刺猬公社 单读 亚洲周刊 亞洲週刊 新新闻 天下杂志 天下雜誌 端 经济学人 时代周刊 新闻周刊 连线 纽约客
|Verge|Wired|WIRED|Wired UK|Ars Technica|TechCrunch|Economist|New Yorker|Atlantic|Columbia Journalism Review|CJR|FiveThirtyEight|Nature News|Science News|Time|TIME|Time Magazine|Newsweek|Forbes|Fortune|Bloomberg Businessweek|Businessweek|Der Spiegel|Spiegel
|Harper's Magazine|Harper's|New York Magazine|New York Review of Books|London Review of Books|Vox|Vice|Slate|Salon|Mother Jones|New Republic|Nation|National Review|New Statesman|Spectator|Prospect|Rolling Stone|Vanity Fair|Esquire|GQ|National Geographic|Smithsonian Magazine|Smithsonian
|New Scientist|Scientific American|MIT Technology Review|Technology Review|IEEE Spectrum|Quanta Magazine|Nautilus|Aeon|Popular Science|Popular Mechanics|Fast Company|Engadget|Gizmodo|Mashable|CNET|ZDNet|VentureBeat|Protocol|Information|Rest of World|404 Media|Register|PC Magazine|PCMag|PCWorld|Macworld|Nieman Lab|Poynter|Foreign Affairs|Foreign Policy|Harvard Business Review|People|Variety|Billboard|Hollywood Reporter|Pitchfork|Consumer Reports|Tom's Hardware|Polygon|Kotaku|9to5Mac|9to5Google|MacRumors|The Markup|Undark|Grist`

const platforms: Partial<Record<CitationType, string>> = {
  'article-newspaper':
    '|新浪|新浪网|新浪财经|新浪科技|新浪新闻|新浪体育|手机新浪网|网易|网易新闻|网易财经|网易科技|凤凰网|凤凰新闻|凤凰财经|凤凰科技|网易号|腾讯新闻|腾讯网|腾讯科技|腾讯财经|搜狐|搜狐网|搜狐号|搜狐新闻|今日头条|头条号|百家号|企鹅号|大鱼号|澎湃号|财富号|雪球|东方财富网|东方财富|同花顺|同花顺财经|MSN|Apple News|Google News|Yahoo',
  'article-journal':
    '|Nature|Science|PLOS ONE|PLoS ONE|Cell|The Lancet|Lancet|JAMA|BMJ|The BMJ|New England Journal of Medicine|NEJM|PNAS|Nature Communications|Scientific Reports|Science Advances',
  article:
    '|arXiv|ChinaXiv|bioRxiv|medRxiv|SSRN|OSF Preprints|PsyArXiv|SocArXiv|ResearchGate Preprint|Preprints.org',
  'post-weblog':
    '|微信公众号|公众号|微信|知乎专栏|Medium|Substack|CSDN|CSDN博客|博客园|简书|新浪博客|网易博客|掘金|稀土掘金|SegmentFault|WordPress|Blogger|Tumblr|豆瓣日记|LiveJournal|dev.to',
  post: '|微博|新浪微博|知乎|小红书|X|Twitter|Reddit|Hacker News|V2EX|豆瓣|豆瓣小组|百度贴吧|贴吧|Facebook|Instagram|LinkedIn|Mastodon|Bluesky|Threads|Telegram|Stack Overflow|Quora|朋友圈|微头条|Weibo',
  motion_picture:
    '|B站|b站|哔哩哔哩|Bilibili|bilibili|抖音|快手|视频号|微信视频号|西瓜视频|优酷|爱奇艺|腾讯视频|好看视频|YouTube|Vimeo|TikTok|Netflix|Twitch|Dailymotion',
  broadcast:
    '|小宇宙|小宇宙App|小宇宙APP|喜马拉雅|喜马拉雅FM|荔枝FM|蜻蜓FM|Apple Podcasts|Apple播客|苹果播客|Spotify|SoundCloud|Google Podcasts|网易云音乐|BBC Sounds',
  'entry-encyclopedia':
    '|维基百科|維基百科|百度百科|搜狗百科|互动百科|快懂百科|中国大百科全书|Wikipedia|Encyclopædia Britannica|Encyclopaedia Britannica|Encyclopedia Britannica|Britannica|Wikimedia|Baidu Baike|Stanford Encyclopedia of Philosophy',
  report: '|巨潮资讯网|巨潮资讯|披露易|HKEXnews|EDGAR',
  dataset:
    '|Zenodo|Kaggle|Figshare|figshare|Dryad|Harvard Dataverse|Dataverse|Hugging Face Datasets|ICPSR|World Bank Open Data',
  software:
    '|GitHub|Github|GitLab|Gitee|码云|PyPI|npm|SourceForge|Bitbucket|Hugging Face|Docker Hub|crates.io',
  patent: '|Google Patents|Espacenet',
  book: '|豆瓣读书|微信读书|Google Books|Google 图书|Project Gutenberg',
}

const databases = new Set(
  'JSTOR|ProQuest|EBSCO|EBSCOhost|Gale|LexisNexis|Westlaw|HeinOnline|Project MUSE|Scopus|Web of Science|PubMed|知网|中国知网|CNKI|万方|万方数据|维普|维普网|读秀|北大法宝|Google Scholar|ResearchGate|Academia.edu'
    .toLowerCase()
    .split('|'),
)

const outlets = new Map<string, Outlet>()
const add = (names: readonly string[], outlet: Outlet) => {
  for (const name of names) if (name !== '') outlets.set(keyOf(name), outlet)
}
const listed = (list: string) =>
  list.split('|').flatMap((part, index) => (index === 0 ? part.split(/\s+/) : part.trim()))
for (const [type, names] of Object.entries(platforms)) {
  add(listed(names), { kind: 'platform', type: type as CitationType })
}
add(listed(newspapers), { kind: 'outlet', type: 'article-newspaper' })
add(listed(magazines), { kind: 'outlet', type: 'article-magazine' })

// Newspapers and magazines call themselves so.
const periodical =
  /^(?:\p{Script=Han}{2,10}(?:日报|日報|晚报|晚報|早报|早報|晨报|晨報|时报|時報|都市报|商报|青年报|周报|週報|周刊|週刊|月刊|导报|導報|画报|快报|杂志|雜誌|新闻网|学报|學報)(?:社)?|(?:The )?(?:\p{Lu}[\p{L}'’.-]+ ){1,4}(?:Times|Herald|Tribune|Gazette|Chronicle|Journal|Magazine|Weekly|News|Observer|Examiner|Inquirer|Telegraph|Sentinel|Dispatch|Courier|Review))$/u

const newspaper =
  /^(?:\p{Script=Han}{2,12}(?<!公|年|季|月|财|通|简|快|战|海|情|举|预|汇|电|喜|学|画|汇|申|板|墙|周|黑板)[報报](?:社)?|(?:《)?\p{Script=Han}{2,10}(?:快|电|申)[報报]|(?:The )?(?:\p{Lu}[\p{L}'’.-]+ ){1,4}(?:Times|Post|Daily|Herald|Tribune|Gazette|Chronicle|Telegraph|Sentinel|Dispatch|Courier|Inquirer|Enquirer|Examiner|Mercury|Bugle|Argus)|(?:The )?(?:Daily|Evening|Morning|Sunday) \p{Lu}[\p{L}'’-]+)$/u
const noNewspaper = /\b(?:Blog|Guest|Company|Tech) Post$/

/** Is this container a newspaper, by its last word: `绍兴晚报`, `Bangkok Post`? */
export function isNewspaperName(name: string): boolean {
  return newspaper.test(name.trim()) && !noNewspaper.test(name)
}

// Words of everyday English and Chinese are names only with their article, in emphasis or 《》.
const needsMarks = new Set(
  'age|cell|fortune|herald|hill|information|insider|mirror|nation|nature|people|prospect|protocol|register|science|stuff|sun|threads|time|times|variety|x|人物|财经|端|连线|早报|瞭望|单读'.split(
    '|',
  ),
)

function keyOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/^the /, '')
    .trim()
}

/**
 * The outlet or platform of this name, in any case and with or without `The`; null for a name that is not known.
 * @param isMarked whether 《》 or emphasis say that it is a name: some names are words as well (`Time`, 人物)
 */
export function outletOf(name: string, isMarked = true): Outlet | null {
  const key = keyOf(name)
  if (!isMarked && needsMarks.has(key) && !/^the /i.test(name.trim())) return null
  const edition = outlets.get(key.replace(/ ?(?:中文|中文网|中文版)$/u, ''))
  return outlets.get(key) ?? edition ?? (periodical.test(name.trim()) ? { kind: 'outlet', type: null } : null)
}

/**
 * Does this outlet answer for what stands under its name before a title? Portals do there; behind a title they are
 * where somebody else's story appeared.
 */
export function isOutletBeforeTitle({ kind, type }: Outlet): boolean {
  return kind === 'outlet' || type === 'article-newspaper'
}

/** The outlets that bring out a story together (`ProPublica and The Texas Tribune`); null for anything else. */
export function jointOutlets(name: string): string[] | null {
  if (name.length > 120) return null
  const names = name.split(/\s+(?:and|&|with)\s+|\s*[与和、/／]\s*/u)
  return names.length > 1 && names.every((one) => outletOf(one, false)?.kind === 'outlet') ? names : null
}

/** Is this a database, in which a work is found but did not appear? */
export function isDatabase(name: string): boolean {
  const key = keyOf(name)
  return databases.has(key) || /^proquest\b/.test(key)
}

const firstCharacters = new Set([...outlets.keys()].map((name) => name.charAt(0)))
const longestName = Math.max(...[...outlets.keys()].map((name) => name.length))

/** The longest outlet's name with which a text begins, as long as no word goes on behind it. */
export function leadingOutlet(text: string): { name: string; outlet: Outlet } | null {
  if (!firstCharacters.has(text.charAt(0).toLowerCase())) return null
  for (let length = Math.min(longestName, text.length); length >= 2; length--) {
    const name = text.slice(0, length)
    const isCut =
      /[\p{L}\p{N}]$/u.test(name) && /^[A-Za-z0-9]/.test(text.slice(length)) && /[A-Za-z0-9]$/.test(name)
    const outlet = isCut ? null : outletOf(name, false)
    if (outlet) return { name: name.trim(), outlet }
  }
  return null
}
