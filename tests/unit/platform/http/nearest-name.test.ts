import { describe, expect, test } from 'vitest'
import { nearestName } from '#src/platform/http/nearest-name.ts'

const fields = [
  'title',
  'slug',
  'summary',
  'featuredImage',
  'publishedAt',
  'unpublishAt',
  'tags',
  'topics',
  'id',
]

describe('nearestName', () => {
  test.each([
    ['titel', 'title'],
    ['Title', 'title'],
    ['featured_image', 'featuredImage'],
    ['featured-image', 'featuredImage'],
    ['publishAt', 'publishedAt'],
    ['tag', 'tags'],
    ['sumary', 'summary'],
  ])('%s is %s', (name, meant) => {
    expect(nearestName(name, fields)).toBe(meant)
  })

  test.each(['colour', 'xy', 'q', '', '标题', 'x'.repeat(1_000_000)])('%.20s is near to none', (name) => {
    expect(nearestName(name, fields)).toBeUndefined()
  })
})
