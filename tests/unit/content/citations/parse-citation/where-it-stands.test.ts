import { describe, expect, test } from 'vitest'
import { fieldsOf, said, url } from './said.ts'

describe('a source named with brackets or words', () => {
  test.each([
    [`（来源：[光明网](${url})）`, '光明网', null],
    [`（据[澎湃新闻](${url})2024年5月1日报道）`, '澎湃新闻', '2024-05-01'],
    [`（参见[《南方周末》](${url})，2023年4月1日）`, '南方周末', '2023-04-01'],
    [`(Source: [Reuters](${url}), 3 May 2024)`, 'Reuters', '2024-05-03'],
  ])('%s: a note in brackets', (markdown, publisher, publishedOn) => {
    expect(fieldsOf(markdown)).toMatchObject({ title: null, publisher, publishedOn, authors: [] })
  })

  test.each([
    [
      '来源：国家能源局《2023年电力工业统计数据》（2024年1月26日）',
      '国家能源局',
      '2023年电力工业统计数据',
      '2024-01-26',
    ],
    [
      '数据来源：教育部《教育事业发展统计公报》（2023年7月5日）',
      '教育部',
      '教育事业发展统计公报',
      '2023-07-05',
    ],
    ['图表数据来源：国际能源署《全球能源展望》（2023年10月）', '国际能源署', '全球能源展望', '2023-10'],
    [
      'Source: International Energy Agency, *Energy Outlook* (October 2023)',
      'International Energy Agency',
      'Energy Outlook',
      '2023-10',
    ],
  ])('%s: an organisation directly before the title', (markdown, office, title, publishedOn) => {
    expect(fieldsOf(markdown)).toMatchObject({ title, publishedOn, publisher: office, authors: [office] })
  })

  test.each([
    ['李四：《乡村教师》，载光明网，2023年9月10日', '光明网', 'article-newspaper'],
    ['王五：“游民调查”，载界面新闻网2022年5月4日', '界面新闻网', null],
    ['陈七：《法律援助》，载北大法律信息网2020年7月8日。', '北大法律信息网', null],
    [`[T](${url})（2023年5月6日首发于《财新周刊》）`, '财新周刊', 'article-magazine'],
    ['张三：《标题》，中国政府网2018年8月8日', '中国政府网', null],
    ['张三：《老街》，《绍兴晚报》2020年5月4日第3版', '绍兴晚报', 'article-newspaper'],
    [`[老街](${url})，《星洲日報》，2020年5月4日`, '星洲日報', 'article-newspaper'],
    [`[Mill closes](${url}), *Skerra Daily Post*, 3 May 2021`, 'Skerra Daily Post', 'article-newspaper'],
    [
      'Doe, Jane. "Mill closes." *The Harbour Times*, 3 May 2021, p. 4.',
      'The Harbour Times',
      'article-newspaper',
    ],
    [`[T](${url}), *Harbour Blog Post*`, 'Harbour Blog Post', 'webpage'],
    [`[T](${url})，《某公司2023年年报》`, '某公司2023年年报', 'webpage'],
    [
      '“标题”，BBC News 中文，2024-05-01，https://www.bbc.com/zhongwen/a',
      'BBC News 中文',
      'article-newspaper',
    ],
  ])('%s: where it stands', (markdown, containerTitle, type) => {
    expect(fieldsOf(markdown)).toMatchObject({ containerTitle, type })
  })

  test('two outlets that bring out a story together', () => {
    expect(fieldsOf(`[T](${url}), ProPublica and The Texas Tribune, 3 May 2020`)).toMatchObject({
      containerTitle: 'ProPublica',
      publisher: 'The Texas Tribune',
    })
    expect(fieldsOf(`ProPublica and The Texas Tribune, [T](${url})`)).toMatchObject({
      publisher: null,
      authors: ['ProPublica', 'The Texas Tribune'],
    })
  })
})

describe('the number of a standard before its title', () => {
  test.each([
    ['GB/T 35273—2020《个人信息安全规范》，2020年3月6日发布', '个人信息安全规范', '2020-03-06'],
    ['国家标准GB 38031-2020《动力蓄电池安全要求》，2020年5月12日发布。', '动力蓄电池安全要求', '2020-05-12'],
    ['JGJ 39-2016《建筑设计规则》，2016年4月20日发布，2016年11月1日起实施。', '建筑设计规则', '2016-04-20'],
    ['ISO 8601-1:2019, *Date and time*, issued February 2019', 'Date and time', '2019-02'],
  ])('%s', (markdown, title, publishedOn) => {
    expect(said(markdown)).toEqual({ title, publishedOn, type: 'standard' })
  })
})

describe('a case', () => {
  test.each([
    ['*Smith v Jones* [2015] EWCA Civ 123, [2015] 2 AC 45 (CA)', 'Smith v Jones', '2015'],
    ['*Donoghue v Stevenson* [1932] AC 562 (HL).', 'Donoghue v Stevenson', '1932'],
    ['*Re Fox* [2004] EWHC 12 (Ch)', 'Re Fox', '2004'],
  ])('%s: the court in brackets is no publisher', (markdown, title, publishedOn) => {
    expect(said(markdown)).toEqual({ title, publishedOn, type: 'legal_case' })
  })
})
