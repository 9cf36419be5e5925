import { describe, expect, test } from 'vitest'
import { fieldsOf, said, url } from './said.ts'

describe('dates', () => {
  test.each([
    ['2025/7/2', '2025-07-02'],
    ['2025.7.2', '2025-07-02'],
    ['２０２５－０７－０２', '2025-07-02'],
    ['2025年7月2日 20:16', '2025-07-02'],
    ['2025 年 7 月', '2025-07'],
    ['二〇二五年十二月三十一日', '2025-12-31'],
    ['July 2, 2025', '2025-07-02'],
    ['Wednesday, 2 Jul. 2025', '2025-07-02'],
    ['2025, July 2', '2025-07-02'],
    ['19th July 2023', '2023-07-19'],
    ['Mar.–Apr. 2020', '2020'],
    ['9/22/2024', '2024-09-22'],
    ['22/9/2024', '2024-09-22'],
    ['1.2.2024', '2024-02-01'],
    ['20250702', '2025-07-02'],
    ['2019年第1期', '2019'],
    ['2024', '2024'],
    ['03/08/2023', null],
    ['2023-02-30', null],
    ['FY2024', null],
    ['7月2日', null],
    ['pp. 1999–2010', null],
    ['〔2021〕15号', null],
    ['n.d.', null],
    ['截至2024年3月31日', null],
    ['商务部令2023年第4号', null],
    ['2022年8月9日签署', null],
  ])('%s is %s', (written, publishedOn) => {
    expect(fieldsOf(`[T](${url})，${written}`).publishedOn).toBe(publishedOn)
  })

  test.each([
    '检索日期2025/7/2',
    '2025年7月2日访问',
    '（2025年7月2日查阅）',
    '最后访问日期：2025年7月2日',
    '[2025-07-02]',
    'Accessed 2 July 2025.',
    'accessed on July 2, 2025',
    'Retrieved July 2, 2025',
    '(last visited 2 July 2025)',
  ])('%s is the day of access', (written) => {
    expect(said(`[T](${url}), ${written}`)).toEqual({
      title: 'T',
      url,
      accessedOn: '2025-07-02',
      type: 'webpage',
    })
  })

  test.each<[string, string | null]>([
    ['（2021年8月20日通过，自2021年11月1日起施行）', '2021-08-20'],
    ['March 8, 2017, updated March 10, 2017', '2017-03-08'],
    ['last modified April 17, 2017', '2017-04-17'],
    ['filed March 3, 2020, and issued February 1, 2022', '2022-02-01'],
    ['1978. July 1978', '1978-07'],
    ['filed Aug 3, 2021', '2021-08-03'],
    ['(N.D. Cal. filed Feb. 12, 2024)', '2024-02-12'],
    ['([archived](https://archive.ph/a), 14 May 2016)', null],
  ])('%s: published %s', (written, publishedOn) => {
    expect(fieldsOf(`[T](${url}), ${written}`).publishedOn).toBe(publishedOn)
  })

  test('those in a title are its words', () => {
    expect(said(`[2025年5月1日的天气](${url})`)).toEqual({
      title: '2025年5月1日的天气',
      url,
      type: 'webpage',
    })
  })

  test.each(['．2023-04-05', '．2023-04-05．', '．２０２３－０４－０５', '.2023-04-05'])(
    'behind a full stop: %s',
    (written) => {
      expect(fieldsOf(`[T](${url})${written}`).publishedOn).toBe('2023-04-05')
    },
  )

  test.each([
    '会议于2024年5月1日召开，见',
    '张某于2019年12月去世，见',
    '该公司成立于1998年，2004年上市。',
    'Population: 1,412,600,000 (2021). ',
  ])('%s tells of something else', (written) => {
    expect(fieldsOf(`${written}[T](${url})`)).toMatchObject({ publishedOn: null, accessedOn: null })
  })
})
