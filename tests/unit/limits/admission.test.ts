import { describe, expect, test } from 'vitest'
import { createAdmission } from '#src/limits/admission.ts'

/** An admission with a clock that stands until it is set. */
function admissionOf() {
  const clock = { ms: 0 }
  const admission = createAdmission({ usually: 30, crowded: 10 }, () => clock.ms)
  let underWay = 0
  /** So many come; gives how many may begin. */
  const come = (count: number) => {
    let entered = 0
    for (let n = 0; n < count; n += 1) {
      admission.arrive()
      if (!admission.hasRoom()) continue
      admission.enter()
      entered += 1
    }
    underWay += entered
    return entered
  }
  const finish = (count: number) => {
    for (let n = 0; n < count; n += 1) admission.leave()
    underWay -= count
  }
  return { clock, come, finish, underWay: () => underWay }
}

describe('how many may be under way', () => {
  test('those who come at once on an idle server are let in', () => {
    const { come } = admissionOf()
    expect(come(100)).toBe(30)
  })

  test('as many clients as there is room for, each of whom waits for its answer, are never refused', () => {
    const { clock, come, finish } = admissionOf()
    expect(come(30)).toBe(30)
    for (let n = 0; n < 200; n += 1) {
      clock.ms += 10
      finish(6)
      expect(come(6)).toBe(6)
    }
  })

  test('when more come than are done, fewer are let in, until they come no more', () => {
    const { clock, come, finish, underWay } = admissionOf()
    for (let n = 0; n < 60; n += 1) {
      clock.ms += 10
      finish(Math.min(5, underWay()))
      come(20)
    }
    expect(underWay()).toBe(10)
    for (let n = 0; n < 60; n += 1) {
      clock.ms += 10
      finish(Math.min(5, underWay()))
      come(5)
    }
    finish(underWay())
    clock.ms += 250
    come(1)
    expect(come(100)).toBe(29)
  })
})
