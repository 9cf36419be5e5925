import { describe, expect, test } from 'vitest'
import { isTimeZone, readDateText } from '#src/content/front-matter/date-text.ts'

const inShanghai = (text: string) => readDateText(text, 'Asia/Shanghai')

describe('dates as people write them', () => {
  test.each([
    ['2025-07-02T12:40:04.123456+08:00', '2025-07-02T04:40:04.123Z'],
    ['2025-07-02T12:40:04Z', '2025-07-02T12:40:04.000Z'],
    ['2025-07-02t12:40z', '2025-07-02T12:40:00.000Z'],
    ['2025-07-02 12:40', '2025-07-02T04:40:00.000Z'],
    ['2025-07-02  9:05', '2025-07-02T01:05:00.000Z'],
    ['2025-7-2', '2025-07-01T16:00:00.000Z'],
    ['2015-1-2 3:04', '2015-01-01T19:04:00.000Z'],
    ['2025/7/2', '2025-07-01T16:00:00.000Z'],
    ['2025.07.02', '2025-07-01T16:00:00.000Z'],
    ['20150102', '2015-01-01T16:00:00.000Z'],
    ['2021年10月01日', '2021-09-30T16:00:00.000Z'],
    ['2021年10月1日 8:30', '2021-10-01T00:30:00.000Z'],
    ['2021 年 10 月 1 日', '2021-09-30T16:00:00.000Z'],
    ['２０２１年１０月１日', '2021-09-30T16:00:00.000Z'],
    ['2015-01-02 03:04:05 -0600', '2015-01-02T09:04:05.000Z'],
    ['2015-01-02T03:04:05-06', '2015-01-02T09:04:05.000Z'],
    ['2015-01-02 03:04:05 UTC', '2015-01-02T03:04:05.000Z'],
    ['2015-01-02 03:04:05 GMT+8', '2015-01-01T19:04:05.000Z'],
    ['July 2, 2025', '2025-07-01T16:00:00.000Z'],
    ['2 July 2025', '2025-07-01T16:00:00.000Z'],
    ['Jul 2nd, 2025 3:04 pm', '2025-07-02T07:04:00.000Z'],
    ['Wed, 02 Jul 2025 12:40:04 +0800', '2025-07-02T04:40:04.000Z'],
    ['2024-02-29', '2024-02-28T16:00:00.000Z'],
    ['2025-03-01T03:00:00+08:00', '2025-02-28T19:00:00.000Z'],
    ['2025-12-31T23:00:00-02:00', '2026-01-01T01:00:00.000Z'],
    ['0050-03-01T00:00:00Z', '0050-03-01T00:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(inShanghai(text)).toEqual({ instant })
  })

  test('clocks that are set forward: the skipped hour comes after', () => {
    expect(readDateText('2025-03-30 02:30', 'Europe/Berlin')).toEqual({ instant: '2025-03-30T01:30:00.000Z' })
  })
})

describe('what is no date', () => {
  test.each([
    ['2015-02-30', '28 days'],
    ['2023-02-29', '28 days'],
    ['2025-04-31', '30 days'],
    ['2025-13-01', 'twelve months'],
    ['2025-00-10', 'twelve months'],
    ['0000-01-01', 'year 0'],
    ['2025-01-01 24:00', '23:59'],
    ['2025-01-01 10:60', '23:59'],
    ['2025-01-01 10:00:60', '59'],
    ['2025-01-01 13:00 pm', '23:59'],
    ['2025-01-01T00:00:00+99:00', '+99:00'],
    ['soon', 'no date'],
    ['2025-07', 'no date'],
    ['1751431204', 'no date'],
    ['{{ .Date }}', 'no date'],
    ['Foo 2, 2025', 'twelve months'],
  ])('%s', (text, reason) => {
    expect(inShanghai(text)).toMatchObject({
      problem: expect.stringContaining(reason),
      hint: expect.any(String),
    })
  })
})

test.each([
  ['0001-01-01', 'Asia/Shanghai'],
  ['0001-01-01T00:00:00+08:00', 'UTC'],
  ['9999-12-31T23:59:59-12:00', 'UTC'],
  ['9999-12-31 23:59', 'America/New_York'],
])('%s in %s has no year of four digits in UTC', (text, timeZone) => {
  expect(readDateText(text, timeZone)).toMatchObject({
    problem: expect.stringContaining('outside the years 1 to 9999'),
  })
})

test.each([
  ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('%s is the first or the last that there is', (text, instant) => {
  expect(readDateText(text, 'UTC')).toEqual({ instant })
})

test('time zones are those the runtime knows', () => {
  expect(['UTC', 'Asia/Shanghai', 'America/New_York'].map(isTimeZone)).toEqual([true, true, true])
  expect(['', 'Mars/Olympus', 'asia'].map(isTimeZone)).toEqual([false, false, false])
})
