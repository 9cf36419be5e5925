const start = '(?<=^|[\\s·・,，、；;。.（(|｜丨\\uFDD0-\\uFDD5])'
const sign = '\\s?[：:｜|丨/／·]\\s?'
const person = '[\\p{Script=Han}A-Za-z][\\p{L}·]{0,19}(?: \\p{Lu}\\p{L}{1,15}){0,2}'

// With a sign behind them any of these words credits somebody; with a blank only those that are nothing else.
const helper =
  '(?:\\p{Script=Han}{0,4}编辑|責任編輯|責編|编审|责编|主编|校对|校對|审校|校译|译者|譯者|翻译|翻譯|视觉|设计|监制|监製|运营|摄影|攝影|摄像|出品人?|制作|策划|统筹|排版|题图|头图|封面图?|配图|插图|插画|制图|图表|图片|供图|图片?来源|图源|图|摄|剪辑|后期|嘉宾|对谈|受访者?|审核|终审)'
const plainHelper =
  '(?:\\p{Script=Han}{0,4}编辑|責任編輯|責編|责编|校对|校對|审校|译者|譯者|监制|摄影|攝影|审核|终审)'
const maker =
  '(?:(?:\\p{Script=Han}{2,4})?(?:记者|記者|通讯员|通訊員|实习生|撰稿人|主笔|主持人|主播)|作者|撰文|撰稿|采写|文字|文|口述|整理)'

const helpers = new RegExp(
  `${start}(?:${helper}${sign}|${plainHelper}[ \\u3000]{1,3})(?!${maker})${person}(?:[、&]\\s?${person}|[ \\u3000](?!${plainHelper}|${maker})\\p{Script=Han}{2,3}(?=$|[\\s，,。·；;|｜]))*`,
  'gu',
)
const makerSign = new RegExp(`${start}(${maker})\\s?[｜|丨/／]\\s?(?=\\S)`, 'gu')
const makerBehind = new RegExp(
  `(?<=[^\\s：:，,])[ \\u3000]{1,3}(?=${maker}(?:\\s?[：:]|[ \\u3000]\\p{L}))`,
  'gu',
)
// `文：《财经》记者 张三`: the second role is enough.
const makerOfOutlet = new RegExp(`${start}${maker}[：:]\\s?(?=《)`, 'gu')
const latinHelper =
  /(?<=^\s*|[,.;(（]\s?)(?:(?:translated|edited|illustrated|introduced|compiled|reviewed|narrated|photographed)(?: and \p{Ll}{4,12})?|photo(?:graph)?s?|illustrations?|translation|foreword|introduction|narration) by (?:\p{Lu}\.|[^,.;:()（）“"\uFDD0-\uFDD5]){2,60}(?:[,.;]|$)/giu

const latinMaker = /(?<!\p{L})(?:reported|reporting|written|story|words|text) (?=by \p{Lu})/giu

/**
 * The text without those who helped with a work (editors, translators, photographers, those who brought it out), and
 * with a comma before and a colon behind each word for its makers: `文｜张三 编辑｜李四` → `文：张三`.
 */
export function withoutHelpers(text: string): string {
  return text
    .replace(helpers, '，')
    .replace(latinHelper, '')
    .replace(latinMaker, '')
    .replace(makerSign, '，$1：')
    .replace(makerBehind, '，')
    .replace(makerOfOutlet, '')
    .replace(/[·・]\s?，/gu, '，')
}
