import { describe, expect, test } from 'vitest'
import { fieldsOf, type Said, url } from './said.ts'

describe('who made it, and where it stands', () => {
  test.each<[string, Said]>([
    [`36氪. [T](${url})`, { publisher: '36氪' }],
    [`【证券时报】[T](${url})`, { publisher: '证券时报' }],
    [`新华社记者 李棠宁、王墨：[T](${url})`, { publisher: '新华社', authors: ['李棠宁', '王墨'] }],
    [`财联社7月1日电：[T](${url})`, { publisher: '财联社' }],
    [`国家统计局. [T](${url})`, { publisher: '国家统计局', authors: ['国家统计局'] }],
    [`教育部、财政部：[T](${url})`, { authors: ['教育部', '财政部'] }],
    [`公众号：某某，[T](${url})`, { publisher: '某某' }],
    [`[T](${url})·澎湃新闻·赵思惟`, { containerTitle: '澎湃新闻', authors: ['赵思惟'] }],
    [`36氪. [T](${url})·量子位·明珉 西枫`, { publisher: '36氪', authors: ['量子位', '明珉 西枫'] }],
    [`[T](${url})，作者：杜蔚、泽楠`, { authors: ['杜蔚', '泽楠'] }],
    [`[T](${url})。来源：经济日报。`, { publisher: '经济日报' }],
    [
      `[T](${url}), by Jane Doe and John Roe, *Wired*`,
      { containerTitle: 'Wired', authors: ['Jane Doe', 'John Roe'] },
    ],
    [
      `Doe, Jane, and John Roe. [T](${url}). Reuters.`,
      { containerTitle: 'Reuters', authors: ['Doe, Jane', 'John Roe'] },
    ],
    [`McKinsey & Company, [T](${url})`, { publisher: 'McKinsey & Company', authors: ['McKinsey & Company'] }],
    [`佚名. [T](${url})`, {}],
    [`项目组询价记录，见[T](${url})`, {}],
    [`Jane Doe. [T](${url}). W3C, 1998.`, { publisher: 'W3C', authors: ['Jane Doe'] }],
    [`Shannon, C. E. T[EB/OL]. ${url}`, { authors: ['Shannon, C. E.'] }],
    [`Baldé, C. P., Kuehr, R., 等. T[EB/OL]. ${url}`, { authors: ['Baldé, C. P.', 'Kuehr, R.'] }],
    [`上海市排水处、第三中学：[T](${url})`, { authors: ['上海市排水处', '第三中学'] }],
    [`[T](${url}), Washington, DC`, {}],
  ])('%s', (markdown, makers) => {
    const { publisher, containerTitle, authors } = fieldsOf(markdown)
    expect({ publisher, containerTitle, authors }).toEqual({
      publisher: null,
      containerTitle: null,
      authors: [],
      ...makers,
    })
  })
})
