import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until `condition` gives something true, and gives it. What it throws counts as "not yet". */
export async function waitFor<T>(condition: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs
  let failure: unknown
  for (; Date.now() < deadline; await sleep(10)) {
    try {
      const value = await condition()
      if (value) return value
    } catch (error) {
      failure = error
    }
  }
  throw new Error(`Waited ${withinMs} ms in vain for: ${condition}`, { cause: failure })
}
