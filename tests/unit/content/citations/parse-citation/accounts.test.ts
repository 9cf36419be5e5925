import { describe, expect, test } from 'vitest'
import { makersIn, nobody, type Said, said, url } from './said.ts'

describe('an account', () => {
  test.each<[string, Said]>([
    [`“半佛仙人”微信公众号：[T](${url})`, { publisher: '半佛仙人' }],
    [`「城市观察」公众号：[T](${url})，2023年5月6日`, { publisher: '城市观察' }],
    ['“丁香医生”微信公众号：《体检报告怎么看》，2022年3月1日。', { publisher: '丁香医生' }],
    [`“丁香医生”微信公众号2022年3月1日文章：[T](${url})`, { publisher: '丁香医生' }],
    [`"Night Sky" WeChat account: [T](${url})`, { publisher: 'Night Sky' }],
    [`刺猬公社（ID：ciweigongshe）：[T](${url})，作者｜石灿`, { publisher: '刺猬公社', authors: ['石灿'] }],
    [
      `深燃（ID:shenrancaijing）：[T](${url})，撰文｜邹帅，2022年8月1日`,
      { publisher: '深燃', authors: ['邹帅'] },
    ],
    [`量子位（公众号 QbitAI）：[T](${url})，文丨金磊`, { publisher: '量子位', authors: ['金磊'] }],
    [`周鸿祎微博：[T](https://weibo.com/1/x)`, { authors: ['周鸿祎'] }],
    [`“中国气象局”官方微博：[T](https://weibo.com/1/x)`, { authors: ['中国气象局'] }],
    [`知乎用户“灯塔水母”在问题“[T](${url})”下的回答`, { authors: ['灯塔水母'] }],
    [`知乎网友“远山”在“[T](${url})”问题下的回答，2023年4月1日`, { authors: ['远山'] }],
    [`豆瓣用户“小鹿”在小组讨论“[T](${url})”中的发言`, { authors: ['小鹿'] }],
    [`Quora user “Ann Lee” in the question “[T](${url})”, 3 May 2021`, { authors: ['Ann Lee'] }],
    [`Reddit user "u/tide" in the thread "[T](${url})"`, { authors: ['u/tide'] }],
    [`@doe on Mastodon: [T](${url})`, { authors: ['@doe'] }],
    [`[@doe](https://x.com/doe/status/3), 4 May 2023`, { authors: ['@doe'] }],
    ['@doe, X, 2024年3月2日 https://x.com/doe/status/1', { authors: ['@doe'], containerTitle: 'X' }],
    [`百度百科词条“[T](${url})”`, { containerTitle: '百度百科' }],
  ])('%s', (markdown, makers) => {
    expect(makersIn(markdown)).toEqual({ ...nobody, ...makers })
  })

  test('a handle that a link is called after is no title', () => {
    expect(said('[@doe](https://x.com/doe/status/3)')).not.toHaveProperty('title')
  })
})
