import { expect, test } from 'vitest'
import { articlePicture } from '#src/content/export/index.ts'

const base = 'https://media.example/2025'
const featuredImage = {
  url: '/a b.jpg',
  alt: null,
  caption: 'A quay',
  credit: null,
  width: 800,
  height: null,
}
const html = '<p><img src="/first.jpg" alt="&quot;First&quot; &amp; best" width="640" height="50%"></p>'

test('is the featured image, its address absolute', () => {
  expect(articlePicture({ featuredImage, html }, base)).toEqual({
    ...featuredImage,
    url: 'https://media.example/a%20b.jpg',
  })
})

test('else the first picture of the text, with what its element says', () => {
  const first = {
    url: 'https://media.example/first.jpg',
    alt: '"First" & best',
    caption: null,
    credit: null,
    width: 640,
    height: null,
  }
  expect(articlePicture({ featuredImage: null, html }, base)).toEqual(first)
  expect(
    articlePicture({ featuredImage: { ...featuredImage, url: 'data:image/png,x' }, html }, base),
  ).toEqual(first)
})

test('passes over pictures that nobody else can load; there may be none', () => {
  const data = '<img src="data:image/png;base64,AA" alt=""><img alt="no address">'
  expect(articlePicture({ featuredImage: null, html: data + html }, base)?.url).toBe(
    'https://media.example/first.jpg',
  )
  expect(articlePicture({ featuredImage: null, html: data }, base)).toBeNull()
  expect(articlePicture({ featuredImage: null, html: '' }, base)).toBeNull()
})
