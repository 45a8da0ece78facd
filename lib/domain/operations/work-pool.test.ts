import { expect, test } from 'vitest'
import { workPool } from './work-pool.ts'

/** Work that ends when the test says so. */
const gates = () => {
  const open = new Map<number, () => void>()
  return {
    work: (item: number) => new Promise<void>((done) => void open.set(item, done)),
    end: async (item: number) => {
      open.get(item)?.()
      open.delete(item)
      await new Promise((done) => setImmediate(done))
    },
    underWay: () => [...open.keys()],
  }
}

const queueOf = (...items: number[]) => {
  const asked: number[] = []
  const claim = async (free: number) => {
    asked.push(free)
    return items.splice(0, free)
  }
  return { asked, claim, add: (...more: number[]) => items.push(...more) }
}

test('slow work holds its own place alone: all others go on in the places that are left', async () => {
  const { work, end, underWay } = gates()
  const { claim } = queueOf(1, 2, 3, 4, 5)
  const pool = workPool({ places: 2, claim, work })
  await pool.fill()
  expect(underWay()).toEqual([1, 2])
  for (const [item, next] of [
    [2, 3],
    [3, 4],
    [4, 5],
  ] as const) {
    await end(item)
    expect(underWay()).toEqual([1, next])
  }
})

test('never more is claimed than there are places, whoever asks meanwhile', async () => {
  const { work, end, underWay } = gates()
  const { claim, asked, add } = queueOf(1, 2)
  const pool = workPool({ places: 3, claim, work })
  await Promise.all([pool.fill(), pool.fill(), pool.fill()])
  expect(asked).toEqual([3])
  add(3, 4, 5)
  await Promise.all([pool.fill(), end(1)])
  expect(underWay().length).toBe(3)
  await pool.fill()
  expect(underWay().length).toBe(3)
})

test('a claim that fails is told to whoever fills the pool, and holds no place', async () => {
  const { work, underWay } = gates()
  let fails = true
  const claim = async (free: number) => {
    if (fails) throw new Error('no database')
    return Array.from({ length: free }, (_, index) => index)
  }
  const pool = workPool({ places: 2, claim, work })
  await expect(pool.fill()).rejects.toThrow('no database')
  fails = false
  await pool.fill()
  expect(underWay()).toEqual([0, 1])
})

test('closed, it claims nothing more, and settles when what was under way has ended', async () => {
  const { work, end, underWay } = gates()
  const { claim, asked } = queueOf(1, 2, 3)
  const pool = workPool({ places: 2, claim, work })
  await pool.fill()
  pool.close()
  const settled = pool.settle()
  await end(1)
  await end(2)
  expect(await settled).toBe(2)
  await pool.fill()
  expect(asked).toEqual([2])
  expect(underWay()).toEqual([])
})
