/** How many may be under way of one kind of work. */
export interface AdmissionSettings {
  /** As long as no more come than are done. */
  readonly usually: number
  /** When more come than can be done. */
  readonly crowded: number
}

/** Counts what is under way, and says when it is enough. */
export interface Admission {
  /** To be told of each one that comes, whether it may begin or not. */
  arrive(): void
  /** Whether one more may begin. */
  hasRoom(): boolean
  enter(): void
  leave(): void
}

/** How long comings and goings are counted before they are compared. */
const WINDOW_MS = 250
/** Of clients that wait for their answers no more than all of them can come without being done. */
const CROWD_FACTOR = 1.5

/**
 * What is let in waits for what is under way: a bound on the number is a bound on the wait, however fast the machine. A
 * hundred clients that each wait for their answer are no overload: as many come as are done. Four times as many as can be
 * done are one, and then only as many are let in as the database is kept busy with.
 * @param now milliseconds of a clock that never goes back
 */
export function createAdmission({ usually, crowded }: AdmissionSettings, now: () => number): Admission {
  let underWay = 0
  let [come, done, since] = [0, 0, now()]
  let isCrowded = false
  return {
    arrive() {
      if (now() - since >= WINDOW_MS) {
        isCrowded = come > done * CROWD_FACTOR + usually
        ;[come, done, since] = [0, 0, now()]
      }
      come += 1
    },
    hasRoom: () => underWay < (isCrowded ? crowded : usually),
    enter() {
      underWay += 1
    },
    leave() {
      underWay -= 1
      done += 1
    },
  }
}
