import type { CitationType } from '../citations.ts'

type Site = readonly [hosts: string, type: CitationType, path?: RegExp]

// The first line that fits decides: what has a path stands before its host alone.
const sites: readonly Site[] = [
  ['nature.com', 'article-magazine', /^\/articles\/d\d/],
  ['nature.com', 'article-journal', /^\/articles\/s?\d|^\/articles\/[a-z]/],
  ['science.org', 'article-magazine', /^\/content\//],
  ['science.org sciencemag.org', 'article-journal', /^\/doi\//],
  ['link.springer.com', 'article-journal', /^\/article\//],
  ['link.springer.com', 'chapter', /^\/chapter\//],
  ['link.springer.com', 'book', /^\/book\//],
  ['zhihu.com', 'post', /^\/(?:question|answer|pin)\b/],
  [
    'github.com gitlab.com gitee.com',
    'post',
    /^\/[^/]+\/[^/]+\/(?:-\/)?(?:issues|pull|pulls|discussions|merge_requests)(?:\/|$)/,
  ],
  ['gist.github.com', 'webpage'],
  [
    'github.com gitlab.com gitee.com bitbucket.org',
    'software',
    /^\/[^/]+\/[^/]+\/?(?:$|(?:-\/)?(?:releases|tree|tags|blob|commit|wiki)\b)/,
  ],
  ['imf.org', 'report', /\/Publications\//i],
  ['kaggle.com', 'dataset', /^\/datasets\//],
  ['ted.com', 'motion_picture', /^\/talks\//],
  ['mp.weixin.qq.com', 'post-weblog'],
  ['v.qq.com', 'motion_picture'],
  ['docs.qq.com', 'webpage'],
  ['y.qq.com music.163.com', 'broadcast'],
  ['weibo.com weibo.cn', 'post'],
  ['cdmd.cnki.com.cn', 'thesis'],
  [
    'zhuanlan.zhihu.com blog.csdn.net cnblogs.com medium.com substack.com blog.sina.com.cn jianshu.com juejin.cn wordpress.com blogspot.com tumblr.com dev.to segmentfault.com blog.163.com',
    'post-weblog',
  ],
  [
    'xiaohongshu.com v2ex.com x.com twitter.com reddit.com news.ycombinator.com tieba.baidu.com threads.net bsky.app facebook.com instagram.com linkedin.com t.me stackoverflow.com',
    'post',
  ],
  [
    'bilibili.com b23.tv douyin.com kuaishou.com youtube.com youtu.be vimeo.com youku.com iqiyi.com ixigua.com tiktok.com',
    'motion_picture',
  ],
  [
    'xiaoyuzhoufm.com ximalaya.com podcasts.apple.com open.spotify.com soundcloud.com lizhi.fm qtfm.cn',
    'broadcast',
  ],
  ['wikipedia.org baike.baidu.com britannica.com baike.sogou.com plato.stanford.edu', 'entry-encyclopedia'],
  [
    'data.stats.gov.cn data.worldbank.org zenodo.org figshare.com datadryad.org dataverse.harvard.edu',
    'dataset',
  ],
  ['sec.gov cninfo.com.cn hkexnews.hk', 'report'],
  ['book.douban.com books.google.com', 'book'],
  ['openstd.samr.gov.cn std.samr.gov.cn rfc-editor.org datatracker.ietf.org iso.org', 'standard'],
  ['patents.google.com', 'patent'],
  ['eur-lex.europa.eu legislation.gov.uk flk.npc.gov.cn', 'legislation'],
  ['wenshu.court.gov.cn', 'legal_case'],
  ['arxiv.org chinaxiv.org biorxiv.org medrxiv.org ssrn.com', 'article'],
  [
    'journals.plos.org ieeexplore.ieee.org dl.acm.org jstor.org sciencedirect.com onlinelibrary.wiley.com tandfonline.com kns.cnki.net pnas.org thelancet.com nejm.org jamanetwork.com academic.oup.com journals.sagepub.com cell.com bmj.com frontiersin.org mdpi.com pubs.acs.org',
    'article-journal',
  ],
  [
    '36kr.com huxiu.com jiqizhixin.com qbitai.com geekpark.net latepost.com tmtpost.com ithome.com lifeweek.com.cn ifanr.com sspai.com leiphone.com pingwest.com guokr.com inewsweek.cn neweekly.com.cn theverge.com wired.com wired.co.uk arstechnica.com techcrunch.com economist.com newyorker.com theatlantic.com cjr.org fivethirtyeight.com time.com newsweek.com forbes.com fortune.com technologyreview.com newscientist.com scientificamerican.com nationalgeographic.com vox.com slate.com spiegel.de spectrum.ieee.org quantamagazine.org engadget.com gizmodo.com cnet.com zdnet.com venturebeat.com restofworld.org 404media.co hbr.org foreignaffairs.com foreignpolicy.com vanityfair.com rollingstone.com nymag.com niemanlab.org',
    'article-magazine',
  ],
  [
    'sina.com.cn 163.com qq.com sohu.com ifeng.com thepaper.cn caixin.com yicai.com jiemian.com 21jingji.com nbd.com.cn cls.cn stcn.com cs.com.cn cnstock.com eeo.com.cn infzm.com bjnews.com.cn cyol.com youth.cn xinhuanet.com news.cn people.com.cn people.cn chinanews.com.cn chinanews.com cctv.com cctv.cn cnr.cn gmw.cn ce.cn chinadaily.com.cn huanqiu.com stdaily.com southcn.com nfnews.com oeeee.com zaobao.com.sg zaobao.com theinitium.com twreporter.org scmp.com wallstreetcn.com zhitongcaijing.com jfdaily.com shobserver.com ycwb.com toutiao.com guancha.cn nytimes.com reuters.com apnews.com afp.com theguardian.com bbc.com bbc.co.uk washingtonpost.com wsj.com ft.com ftchinese.com bloomberg.com cnn.com npr.org theaustralian.com.au finance.yahoo.com latimes.com usatoday.com politico.com axios.com propublica.org cnbc.com nbcnews.com cbsnews.com abcnews.go.com abc.net.au aljazeera.com dw.com telegraph.co.uk thetimes.co.uk thetimes.com independent.co.uk irishtimes.com smh.com.au theglobeandmail.com cbc.ca straitstimes.com nikkei.com lemonde.fr zeit.de sueddeutsche.de faz.net elpais.com chicagotribune.com bostonglobe.com',
    'article-newspaper',
  ],
]

const linesByHost = new Map<string, { type: CitationType; path: RegExp | null }[]>()
for (const [hosts, type, path] of sites) {
  for (const host of hosts.split(' ')) {
    const lines = linesByHost.get(host) ?? []
    linesByHost.set(host, [...lines, { type, path: path ?? null }])
  }
}

/** What stands at an address, by the site's own kind; null for a site that is not known. */
export function typeOfSite(url: string): CitationType | null {
  const parsed = URL.parse(url)
  if (parsed === null) return null
  if (/^\/@[^/]+\/\d{6,}$/.test(parsed.pathname)) return 'post' // Mastodon
  const labels = parsed.hostname.toLowerCase().split('.')
  for (let at = 0; at < labels.length - 1; at++) {
    const lines = linesByHost.get(labels.slice(at).join('.')) ?? []
    const line = lines.find(({ path }) => path === null || path.test(parsed.pathname))
    if (line !== undefined) return line.type
  }
  return null
}

/** Does the address belong to a blog, by its host or path? */
export function isBlog(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && (/^blogs?\./i.test(parsed.hostname) || /\/blogs?(?:\/|$)/i.test(parsed.pathname))
}
