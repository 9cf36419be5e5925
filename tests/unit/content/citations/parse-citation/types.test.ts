import { describe, expect, test } from 'vitest'
import { fieldsOf } from './said.ts'

describe('type', () => {
  test.each([
    ['[T](https://mp.weixin.qq.com/s/x)', 'post-weblog'],
    ['[T](https://github.com/a/b)', 'software'],
    ['[T](https://github.com/a/b/issues/1)', 'post'],
    ['[T](https://mastodon.example.org/@a/112000000000000001)', 'post'],
    ['[T](https://www.nature.com/articles/d41586-024-1)', 'article-magazine'],
    ['[2024年年度报告](https://example.org/x)', 'report'],
    ['[T](https://example.org/blog/x)', 'post-weblog'],
    ['[T](https://example.org/x) [Video]', 'motion_picture'],
    ['Jane Doe, “T” (PhD diss., Yale University, 2020).', 'thesis'],
    ['《中华人民共和国数据安全法》第二十一条。', 'legislation'],
    ['《互联网信息服务管理办法》，2000年9月25日公布。', 'regulation'],
    ['*Roe v. Wade*, 410 U.S. 113 (1973).', 'legal_case'],
    ['RFC 9110, § 13.1.1.', 'standard'],
    ['《人民日报》2025年2月24日，第1版。', 'article-newspaper'],
    ['Alex Rivers, interview by the author, June 3, 2024.', 'interview'],
    ['编辑部与该公司的邮件往来，2024年11月5日。', 'personal_communication'],
  ])('%s: %s', (markdown, type) => {
    expect(fieldsOf(markdown).type).toBe(type)
  })
})
