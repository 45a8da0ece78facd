import { describe, expect } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { store as storeOf } from '#lib/adapters/store/store.ts'
import { noon, plus, race } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'

const window = 15 * 60_000

describe.each(dialects)('the throttle on $dialect', ({ test }) => {
  test('fifty at once never overrun the limit', async ({ store }) => {
    const answers = await race(50, () => store.rateLimit.take('account', 10, window, noon))
    expect(answers.filter((wait) => wait === null)).toHaveLength(10)
    for (const wait of answers) expect(wait === null || wait > 0).toBe(true)
  })

  test('fifty at once from two processes never overrun the limit together', async ({ store, url }) => {
    const second = await openDatabase(url)
    try {
      const both = [store, storeOf(second)] as const
      const answers = await race(50, (index) => both[index % 2 ? 1 : 0].rateLimit.take('account', 10, window, noon))
      expect(answers.filter((wait) => wait === null)).toHaveLength(10)
    } finally {
      await second.close()
    }
  })

  test('who waits as long as told is taken, and not a millisecond earlier', async ({ store }) => {
    const { take } = store.rateLimit
    for (const ms of [0, 1000, 2000]) expect(await take('account', 3, window, plus(ms))).toBeNull()
    expect(await take('account', 3, window, plus(3000))).toBe(window - 3000)
    expect(await take('account', 3, window, plus(window - 1))).toBe(1)
    expect(await take('account', 3, window, plus(window))).toBeNull()
    expect(await take('account', 3, window, plus(window))).toBe(1000)
  })

  test('a refused event does not count', async ({ store }) => {
    const { take } = store.rateLimit
    await take('account', 1, window, noon)
    for (let ms = 1; ms < 50; ms++) expect(await take('account', 1, window, plus(ms))).toBe(window - ms)
    expect(await take('account', 1, window, plus(window))).toBeNull()
  })

  test('buckets do not know each other, whatever they are called', async ({ store }) => {
    const { take } = store.rateLimit
    for (const bucket of ['a', 'A', 'gate:a', "a'; --", 'é']) {
      expect(await take(bucket, 1, window, noon)).toBeNull()
      expect(await take(bucket, 1, window, noon)).toBe(window)
    }
  })

  test('an event that is recorded is never refused, and says when more than the limit were', async ({ store }) => {
    const { record } = store.rateLimit
    for (const ms of [0, 1, 2]) expect(await record('everyone', 3, window, plus(ms))).toBe(false)
    for (const ms of [3, 4]) expect(await record('everyone', 3, window, plus(ms))).toBe(true)
    expect(await record('everyone', 3, window, plus(window + 1))).toBe(true)
    expect(await record('everyone', 3, window, plus(3 * window))).toBe(false)
    expect(await record('others', 3, window, plus(4))).toBe(false)
  })

  test('an event given back makes room for another, in its bucket alone', async ({ store }) => {
    const { take, giveBack } = store.rateLimit
    for (const bucket of ['a', 'b']) await take(bucket, 1, window, noon)
    await giveBack(['a', 'never taken'])
    expect(await take('a', 1, window, noon)).toBeNull()
    expect(await take('b', 1, window, noon)).toBe(window)
  })

  test('what left the window is swept', async ({ db, store }) => {
    await race(20, (index) => store.rateLimit.take(`account ${index}`, 1, window, noon))
    await store.rateLimit.take('account', 1, window, plus(25 * 3_600_000))
    const stored = await db.q.select().from(db.tables.throttleLog)
    expect(stored.filter(({ bucket }) => bucket.startsWith('account ')).length).toBe(0)
  })
})
