import { randomBytes } from 'node:crypto'
import { describe, expect } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { sealSecret } from '#lib/testing/app/sealed-secret.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { type Cluster, openCluster } from '#lib/testing/processes/cluster.ts'
import type { TokenProcess } from '#lib/testing/processes/token-driver.ts'

const tenants = 25

const within = async (url: string, work: (cluster: Cluster) => Promise<void>) => {
  const cluster = await openCluster(url)
  try {
    await work(cluster)
  } finally {
    await cluster.close()
  }
}

/** Both processes are asked at a token's end, again and again, until `work` is over; none may be refused. */
const underLoad = async <T>(cluster: Cluster, processes: TokenProcess[], work: Promise<T>): Promise<T> => {
  let over = false
  const end = () => {
    over = true
  }
  work.then(end, end)
  while (!over) {
    await cluster.expire()
    const given = await Promise.all(processes.map(({ obtain }) => obtain(cluster.tenantId, 3)))
    expect(given.flat().map(({ failure }) => failure)).toEqual(Array.from({ length: 3 * processes.length }, () => null))
  }
  return work
}

describe.each(dialects)('changing the key of two processes on $dialect', ({ test }) => {
  test('loses nothing, is broken off and goes on, and ends with the old key gone', { timeout: 120_000 }, ({ url }) =>
    within(url, async (cluster) => {
      const k1 = cluster.env.ENCRYPTION_KEYS
      const k2 = `k2:${randomBytes(32).toString('base64')}`
      for (let n = 0; n < tenants; n += 1) await sealSecret(cluster.app)
      const compose = (keys: string) =>
        createContainer(parseEnv({ ...cluster.env, LOG_LEVEL: 'silent', ENCRYPTION_KEYS: keys }))
      const processes = [await cluster.start(), await cluster.start()]
      const restartAll = async (keys: string) => {
        for (const [index, process] of processes.entries()) {
          await process.close()
          processes[index] = await cluster.start(0, { ENCRYPTION_KEYS: keys })
          // the other one still has the keys of before
          await underLoad(cluster, processes, Promise.resolve())
        }
      }

      await restartAll(`${k1},${k2}`)
      await restartAll(`${k2},${k1}`)
      const admin = await compose(`${k2},${k1}`)
      expect((await admin.manageKeys.list()).keys).toMatchObject([
        { id: 'k2', current: true, settings: 'right', values: 2 },
        { id: 'k1', current: false, settings: 'right', values: tenants + 1 },
      ])
      expect(await admin.manageKeys.forget('k1')).toBe('in_use')
      expect(await admin.manageKeys.forget('k2')).toBe('current')
      expect(await admin.manageKeys.forget('k9')).toBe('unknown')
      await expect(compose(k2)).rejects.toThrow('Key k1 is missing from ENCRYPTION_KEYS')

      const broken = admin.manageKeys.rotate(({ resealed }) => {
        if (resealed === 10) throw new Error('broken off')
      })
      await expect(underLoad(cluster, processes, broken)).rejects.toThrow('broken off')
      const progress: number[] = []
      const rest = admin.manageKeys.rotate(({ resealed }) => progress.push(resealed))
      expect(await underLoad(cluster, processes, rest)).toEqual({ resealed: tenants + 1 - 10, unopened: 0 })
      expect(progress).toEqual(Array.from({ length: tenants + 1 - 10 }, (_, n) => n + 1))
      expect(await admin.manageKeys.rotate(() => {})).toEqual({ resealed: 0, unopened: 0 })
      expect(await admin.manageKeys.list()).toMatchObject({
        keys: [
          { id: 'k2', values: tenants + 3 },
          { id: 'k1', values: 0 },
        ],
        unknown: 0,
      })
      expect(await admin.manageKeys.forget('k1')).toBe('forgotten')

      await restartAll(k2)
      const { set } = await cluster.row()
      const at = { tenant: set.tenantId, row: set.id, generation: set.generation }
      const ours = await admin.vault.open(set.sealedRefreshToken, { purpose: 'refresh_token', ...at })
      const { live_refresh_tokens: live } = await cluster.control.journal(cluster.integration.clientId)
      expect(live.map(({ token }) => token)).toEqual([admin.random.hash(ours ?? '').slice(0, 16)])
      const events = await cluster.db.q.select().from(cluster.db.tables.journal)
      expect(
        events.filter(({ event }) => event.startsWith('keys.')).map(({ event, detail }) => [event, detail]),
      ).toEqual(
        expect.arrayContaining([
          ['keys.rotated', { keyId: 'k2', values: tenants + 1 - 10 }],
          ['keys.forgotten', { keyId: 'k1' }],
        ]),
      )
      await admin.close()
    }),
  )
})
