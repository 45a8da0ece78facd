import { describe, expect } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { openCluster } from '#lib/testing/processes/cluster.ts'
import { openCuttingProxy } from '#lib/testing/servers/cutting-proxy.ts'

const [, { test }] = dialects

describe('a connection to PostgreSQL that breaks while a new pair is committed', () => {
  test.for(['before', 'after'] as const)(
    '(%s the server does it) is found out: the pair is stored, once',
    {
      timeout: 60_000,
    },
    async (when, { url }) => {
      const proxy = await openCuttingProxy(url)
      const cluster = await openCluster(url)
      try {
        const process = await cluster.start(0, { DATABASE_URL: proxy.url })
        await cluster.expire()
        proxy.cutNextCommit(when)
        expect(await process.obtain(cluster.tenantId, 20)).toEqual(
          Array.from({ length: 20 }, () => ({ version: 2, token: expect.any(String), failure: null })),
        )
        expect(proxy.cuts()).toBe(1)
        expect(await cluster.refreshes()).toHaveLength(1)
        const events = (await cluster.events()).map(({ event }) => event).filter((event) => event.startsWith('token.'))
        expect(events).toEqual(['token.refreshed'])
        const { ours, live } = await cluster.fingerprints()
        expect(live).toEqual([ours])
        expect((await cluster.row()).set.leaseOwner).toBeNull()
        await process.close()
      } finally {
        await cluster.close()
        await proxy.close()
      }
    },
  )
})
