import { outletOf } from './outlets.ts'

// At the end of a Chinese name, or before what divisions are called.
const chineseWord =
  /(?:监会|联会|奥委会|红十字会|交所|消协|汽协|证协|足协|篮协|作协|央行|最高法|最高检|美联储|欧盟|北约|报告组|处|處|所|站|局|厅|廳|署|院|部|委|办|辦|馆|館|党|公室|委员会|委員會|中心|公司|集团|集團|大学|大學|学院|學院|中学|小学|研究所|事务所|派出所|交易所|实验室|實驗室|组织|組織|咨询|諮詢|平台|协会|協會|学会|學會|商会|工会|联合会|基金会|基金會|理事会|董事会|促进会|同盟|联盟|聯盟|联合国|聯合國|银行|銀行|证券|基金|保险|财险|控股|资本|科技|网络|通信|电子|汽车|能源|传媒|影业|出版社|出版公司|书局|書局|书店|書店|印书馆|印書館|报社|杂志社|通讯社|电视台|電視台|广播电台|电台|新闻网|编辑部|課題組|课题组|项目组|工作组|小组|工作室|智库|政府|国务院|國務院|国会|议会|人大|政协|总署|总局|总会|总工会|法院|检察院|公安|派出机构|医院|醫院|百科|图书馆|博物馆|档案馆|支队|大队|总队|消防|机构|學院|股份|实业|数据库|发布|团队|指挥部)(?:[（(][^（）()]{1,12}[)）])?$/u
const mayEndPersonName = /^[\p{Script=Han}]{2,3}$/u
const weakEnd =
  /(?:处|處|所|站|馆|党|公安|发布|科技|基金|能源|汽车|电子|资本|保险|控股|人大|消防|网络|通信|百科|咨询|平台|小组|小学)$/u

const englishWord =
  /(?<![\p{L}])(?:administration|exchange|project|collective|collaboration|analytics|intelligence|ai|command|index|agency|airlines?|airport|alliance|assembly|associates|association|associations|academy|archives?|army|authority|bank|board|brewery|broadcasting|brothers|bureau|cent(?:er|re)s?|chamber|church|clinic|club|coalition|college|commission|commissioner|committee|communications|community|companies|company|co\.|confederation|conference|congress|consortium|consulting|contributors|cooperative|corp\.?|corporation|council|court|department|directorate|division|editors|embassy|enterprises?|faculty|federation|firm|forum|foundation|fund|gallery|gmbh|government|group|holdings|hospital|house of|inc\.?|initiative|institutes?|institution|international|laborator(?:y|ies)|labs?|league|library|limited|llc|llp|ltd\.?|ministry|mission|municipality|museum|nations|navy|network|networks|observatory|office|organi[sz]ations?|parliament|partners|partnership|party|plc|police|press|productions|programme|project|publications?|publishers|publishing|radio|records office|registry|reserve|school|secretariat|securities|senate|services?|societ(?:y|ies)|station|studios?|survey|syndicate|systems?|taskforce|task force|team|technolog(?:y|ies)|television|treasury|trust|union|universit(?:y|ies)|university's|ventures|watch|workers|working group|world|council's|archive of|trustees|media|news|newsroom|insurance|software|solutions|research|sciences|statistics)(?![\p{L}])/iu
const latinWord = /^(?=.*\p{L}.*\p{L})[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}.&+'’-]*$/u

/**
 * Is this the name of an organisation, by a word for one (`…局`, `… Institute`), as one Latin word (`OpenAI`), or as a
 * known outlet? What only knowledge of the world tells is taken for a person.
 */
export function isOrganisation(name: string): boolean {
  if (outletOf(name, false)?.kind === 'outlet') return true
  if (!/\p{Script=Han}/u.test(name)) return isLatinOrganisation(name)
  if (!chineseWord.test(name)) return false
  return !(mayEndPersonName.test(name) && weakEnd.test(name))
}

function isLatinOrganisation(name: string): boolean {
  if (name.startsWith('@')) return false
  if (latinWord.test(name)) return !/^(?:\p{Lu}\.)+$/u.test(name)
  return englishWord.test(name)
}

/** Is this the name of a house that prints books? */
export function isBookPublisher(name: string): boolean {
  return /(?:出版社|出版公司|出版集团|出版集團|出版中心|书局|書局|书店|書店|印书馆|印書館|书社|書社|三联|三聯)(?:有限公司)?$|\b(?:Press|Publish(?:ing|ers)|Books|Verlag|Éditions|Editions|Random House|Penguin|Routledge|Springer|Elsevier|Wiley|HarperCollins|Knopf|Norton|Macmillan|Palgrave|Vintage|Oxford University|Cambridge University|McGraw|Pearson|Addison-Wesley|O'Reilly|O’Reilly|Bloomsbury|Heinemann|Simon & Schuster|Farrar|Faber|Hachette|Sage|SAGE|Brill|De Gruyter)\b/u.test(
    name,
  )
}
