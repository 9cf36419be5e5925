import { describe, expect, test } from 'vitest'
import { makersIn, nobody, type Said, url } from './said.ts'

describe('who helped with a work is not its author', () => {
  test.each<[string, Said]>([
    [`虎嗅·作者：陈伊凡·编辑：王一鹏·[T](${url})`, { publisher: '虎嗅', authors: ['陈伊凡'] }],
    [`[T](${url})，文｜张小迪 编辑｜石亚琼`, { authors: ['张小迪'] }],
    [`[T](${url})，作者 | 李少婷，编辑 | 文多`, { authors: ['李少婷'] }],
    [`每经记者 李孟林 每经编辑 兰素英：[T](${url})`, { authors: ['李孟林'] }],
    [`[T](${url})，撰文：王磊，编辑：李明，出品：真实故事计划`, { authors: ['王磊'] }],
    [
      `《新京报》记者 张静姝 编辑 白爽 校对 李立军：[T](${url})`,
      { publisher: '新京报', authors: ['张静姝'] },
    ],
    [`[T](${url})，《新京报》记者 张静姝 编辑 白爽`, { containerTitle: '新京报', authors: ['张静姝'] }],
    [`[T](${url})，记者：李华 通讯员：王明`, { authors: ['李华', '王明'] }],
    [`[T](${url})·虎嗅·苏建勋 编辑 杨轩`, { containerTitle: '虎嗅', authors: ['苏建勋'] }],
    [`[T](${url})，文/李华 图/王明`, { authors: ['李华'] }],
    [`[T](${url})，图/视觉中国`, {}],
    [`图片来源：视觉中国，[T](${url})`, {}],
    [`[T](${url})，来源：券商中国 作者：王蕊`, { publisher: '券商中国', authors: ['王蕊'] }],
    [`[T](${url})（记者张三、李四 摄影王五）`, { authors: ['张三', '李四'] }],
    [`[T](${url})，记者/张三 实习生/李四 编辑/王五`, { authors: ['张三', '李四'] }],
    [`文 | 《财经》记者 张三 编辑 | 李四：[T](${url})`, { publisher: '财经', authors: ['张三'] }],
    [`作者为张三，[T](${url})`, { authors: ['张三'] }],
    [
      `播客《随机波动》：[T](${url})，主持人：张三、李四，嘉宾：王五`,
      { containerTitle: '随机波动', authors: ['张三', '李四'] },
    ],
    [`Translated by John Roe, [T](${url})`, {}],
    ['Edited by Ann Lee, *Tides*, Oxford University Press, 2010', { publisher: 'Oxford University Press' }],
    [
      `Story by Jane Doe; photos by John Roe. [T](${url}). *Wired*.`,
      { containerTitle: 'Wired', authors: ['Jane Doe'] },
    ],
    [`Reported by Jane Doe, [T](${url}), Reuters`, { containerTitle: 'Reuters', authors: ['Jane Doe'] }],
  ])('%s', (markdown, makers) => {
    expect(makersIn(markdown)).toEqual({ ...nobody, ...makers })
  })
})

describe('words are no names', () => {
  test.each([
    `该公司成立于1998年，2004年上市。[T](${url})`,
    `采访于2024年5月1日，[T](${url})`,
    `本文转载自[T](${url})`,
    `原文见[此](${url})`,
    `编者注：[T](${url})`,
    `凤凰网财经《启阳路4号》出品：[T](${url})`,
    `国务院办公厅关于印发某某方案的通知，[全文](${url})`,
    `[T](${url})，2022年8月9日签署`,
    `Last updated: 4 July 2024. [T](${url})`,
    `Podcast: [T](${url})`,
    `Population: 1,412,600,000 (2021). [T](${url})`,
    `Available at ${url} (accessed 3 May 2020)`,
    `Roe, J. Tides (2020), ${url}`,
  ])('%s', (markdown) => {
    expect(makersIn(markdown)).toEqual(nobody)
  })

  test.each<[string, Said]>([
    [`Wind，截至2024年6月30日，[T](${url})`, { publisher: 'Wind', authors: ['Wind'] }],
    [`Press release, Apple Inc., [T](${url})`, { publisher: 'Apple Inc.', authors: ['Apple Inc.'] }],
    [`宁德时代公告：[T](${url})`, { authors: ['宁德时代'] }],
    [`参考消息网7月8日报道 据路透社7月7日报道，[T](${url})`, { publisher: '参考消息网' }],
    [`美国《华尔街日报》网站7月8日文章，原题：[T](${url})`, { publisher: '华尔街日报' }],
    ['① 王某：《某书》，北京大学出版社2009年版', { publisher: '北京大学出版社', authors: ['王某'] }],
    ['As quoted in John Smith, “Tides at night”, 2010', { authors: ['John Smith'] }],
    [
      `Congressional Research Service, R46980, [T](${url})`,
      { publisher: 'Congressional Research Service', authors: ['Congressional Research Service'] },
    ],
  ])('but those beside them: %s', (markdown, makers) => {
    expect(makersIn(markdown)).toEqual({ ...nobody, ...makers })
  })
})
