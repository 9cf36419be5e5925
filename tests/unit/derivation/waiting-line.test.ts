import { expect, test } from 'vitest'
import { createWaitingLine } from '#src/derivation/waiting-line.ts'

/** Notes who is let in, in their order. */
function visitors(line: ReturnType<typeof createWaitingLine>) {
  const inside: string[] = []
  const refused: string[] = []
  const enter = (name: string, size = 1) =>
    line.enter(name.slice(0, 1), size).then((isIn) => (isIn ? inside : refused).push(name))
  /** Lets one go, and the next one in. */
  const leave = async () => {
    line.leave()
    await new Promise(setImmediate)
  }
  return { inside, refused, enter, leave }
}

test('lets in as many as there are places, then the others one by one', async () => {
  const { inside, enter, leave } = visitors(createWaitingLine(2, 100))
  const all = ['a1', 'a2', 'a3', 'a4'].map((name) => enter(name))
  await leave()
  expect(inside).toEqual(['a1', 'a2', 'a3'])
  await leave()
  await Promise.all(all)
  expect(inside).toEqual(['a1', 'a2', 'a3', 'a4'])
})

test('askers take turns, however many of one wait', async () => {
  const { inside, enter, leave } = visitors(createWaitingLine(1, 100))
  const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'b2'].map((name) => enter(name))
  for (let n = 1; n < all.length; n += 1) await leave()
  await Promise.all(all)
  expect(inside).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
})

test('is full by what waits together, not by how many', async () => {
  const { inside, refused, enter, leave } = visitors(createWaitingLine(1, 10))
  await enter('x')
  const all = [enter('a1'), enter('b1', 6), enter('c1', 3), enter('d1')]
  await all[3]
  expect(refused).toEqual(['d1'])
  for (let n = 0; n < 3; n += 1) await leave()
  await Promise.all(all)
  expect(inside).toEqual(['x', 'a1', 'b1', 'c1'])
})

test('one asker leaves half of the room to the others', async () => {
  const { inside, refused, enter, leave } = visitors(createWaitingLine(1, 10))
  await enter('x')
  const all = [enter('a1', 3), enter('a2', 2), enter('a3'), enter('b1', 5)]
  await all[2]
  expect(refused).toEqual(['a3'])
  for (let n = 0; n < 3; n += 1) await leave()
  await Promise.all(all)
  expect(inside).toEqual(['x', 'a1', 'b1', 'a2'])
})

test('what finds nobody waiting may wait, however large', async () => {
  const { inside, enter, leave } = visitors(createWaitingLine(1, 10))
  await enter('x')
  const large = enter('a1', 1_000)
  await leave()
  await large
  expect(inside).toEqual(['x', 'a1'])
})
