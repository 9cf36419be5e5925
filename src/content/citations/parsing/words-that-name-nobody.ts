// What leads to a work, says what it is, or explains it.
const hanWords = new Set(
  `注 按 按语 编者注 译者注 作者注 校者注 笔者注 编者按 译者按 作者按 笔者按 编注 译注 注意 说明 附注 备注 更正 勘误 声明 提示
  截至 截止 截止到 据悉 原题 原标题 标题 题目 题为 图源 原话 引文 同上 同前 前引 出处 下同
  词条 条目 问题 回答 帖子 话题 评论 讨论 专栏 文章 推文 图 表 图表 视频 音频 录音 播客 报告 论文 新闻稿 通稿`.split(
    /\s+/,
  ),
)
const latinWords = new Set(
  `press release|media release|news release|blog post|guest post|podcast|video|audio|film|documentary|interview|press conference|transcript|speech|lecture|slide|slides|report|article|book|review|editorial|op-ed|dataset|table|figure|chart|map|photo|image|population|source
  note|notes|nb|n.b.|editor's note|author's note|translator's note|correction|clarification|erratum|update|disclaimer|emphasis added|my translation|original title|title|the latter|the former|same|same source|here|on|in|at|from|to|of|for|with|see|via|available|available at|available from|available online|ibid|ibid.|op. cit|op. cit.`.split(
    /\s*[|\n]\s*/,
  ),
)

const hanBeginning =
  /^(?:本文(?=[转摘首系作由来刊发原])|此文|该(?=.{2})|此处|这里(?!是)|以上|上述|题为|根据|对于|关于(?!我们))/u
const hanEnding =
  /(?:通知|意见|公告|声明|表示|指出|认为|提到|透露|坦言|回忆|回应|补充|强调|写到|介绍|出品|签署|签订|转载|上市|成立|召开|举行|通过|(?<=.{3})报道|[了吗呢吧])$/u
const hanSpeech =
  /(?:(?:[他她我]们?|.{2})(?<!小|传|学|演|论|众|评)说|(?<!名|自|简|通)称|(?:补充|笑|喊|写|问|答|叹|讲|评论|解释|强调|回应)道)$/u
const hanPreposition = /(?:^(?:采访|录制|原文|全文|发表|刊登|来|摘|引|载)|.{3})(?:于|自|见|在)$/u
const hanDay = /\d\s?[年月日]|[年月]\d/u

const latinBeginning =
  /^(?:(?:last |first |originally )?(?:updated?|modified|revised|published|posted|issued|accessed|retrieved|filed|recorded|reprinted)(?: (?:on|in|from))?$|(?:as )?(?:quoted|cited|seen|reported|described|discussed) (?:in|by|on)\b)/iu
const latinClause = /^(?:This|These|That|Those|There|It|He|She|They|We|You|All|An?) \p{Ll}|\s[Bb]y(?:\s|$)/u
const fullStop = /(?<!\b(?:Inc|Ltd|Corp|Co|Jr|Sr|St|Dr|Bros|Univ|Dept|Prof|Mr|Mrs|Ms|al|eds?))\.\s\p{Lu}/u
const initial = /(?:^|[\s.-])\p{Lu}\.\s\p{Lu}/u
// `Roe, J. Tides`: a name, and more.
const inverted = /,\s(?:\p{Lu}\.\s?){1,3}\p{Lu}\p{Ll}/u

/** Are these words that lead to a work or explain it (`编者注`, `Press release`), or a clause (`该公司成立于`)? */
export function namesNobody(text: string): boolean {
  if (!/\p{Script=Han}/u.test(text)) return isLatinClause(text)
  const forms = [hanBeginning, hanEnding, hanSpeech, hanPreposition, hanDay]
  return hanWords.has(text) || forms.some((form) => form.test(text))
}

function isLatinClause(text: string): boolean {
  if (latinWords.has(text.toLowerCase().replace('’', "'"))) return true
  if ([latinBeginning, latinClause, inverted].some((form) => form.test(text))) return true
  return fullStop.test(text) && !initial.test(text)
}
