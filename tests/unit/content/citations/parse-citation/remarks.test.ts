import { describe, expect, test } from 'vitest'
import { said } from './said.ts'

describe('a remark', () => {
  test.each([
    '同上，第23页。',
    '参见注释5。',
    'Ibid., p. 23.',
    '国家统计局数据，2024年全年国内生产总值为134.9万亿元。',
    '编者注：“内卷”一词在不同语境中含义不同。',
    '根据《中华人民共和国网络安全法》第二十一条的规定，运营者应当留存日志。',
    'Reuters and the BBC both declined to comment on July 2, 2025.',
    '“Lived” because I now live even *further* away; see [the next section](#further).',
    'All sums are in 2023 dollars. Corrections to [the desk](mailto:desk@example.org).',
    '他说：“你好”。',
    '他补充道：“我们会继续努力。”',
    '译者注：“某话”',
    '编者注：内联 *注*',
    '注意：*Homo sapiens*',
    '按：《论语》',
    'John Smith, "I never said that," he told us.',
    'Correction, 2 May 2024: an earlier version misspelled "Smyth".',
    'He called it "a disaster" on 3 May 2020.',
    'The phrase "fog of war" (1832) is Clausewitz’s.',
    '本文首发于《南方周末》2021年3月2日。',
    '据统计，2023年该县人口为35.6万。',
  ])('%s says nothing of a work', (markdown) => {
    expect(said(markdown)).toEqual({})
  })
})
