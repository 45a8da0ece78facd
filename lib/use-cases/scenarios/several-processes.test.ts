import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { type Cluster, openCluster } from '#lib/testing/processes/cluster.ts'
import { raceOnce } from '#lib/testing/processes/process-race.ts'

const within = async (url: string, work: (cluster: Cluster) => Promise<void>) => {
  const cluster = await openCluster(url)
  try {
    await work(cluster)
  } finally {
    await cluster.close()
  }
}

describe.each(dialects)('two processes on $dialect', ({ dialect, test }) => {
  test(
    'with four hundred callers at a token’s end make one call, and give all the same token',
    {
      timeout: 120_000,
    },
    ({ url }) =>
      within(url, async (cluster) => {
        const skewMs = dialect === 'PostgreSQL' ? 600_000 : 0
        const both = [await cluster.start(), await cluster.start(skewMs)]
        for (let rounds = 0; rounds < 3; rounds += 1) await raceOnce(cluster, both)
        await cluster.script([{ delay_before: 1_000 }])
        await raceOnce(cluster, both)
      }),
  )

  test(
    'one frozen for longer than its lease: its answer, which nobody else could have, is kept',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (cluster) => {
        const [frozen, other] = [await cluster.start(), await cluster.start()]
        await cluster.script([{ delay_after: 300 }])
        await cluster.expire()
        const late = frozen.obtain(cluster.tenantId)
        await cluster.until(async () => (await cluster.refreshes()).some(({ committed }) => committed))
        frozen.signal('SIGSTOP')
        await cluster.endLease()
        expect(await other.obtain(cluster.tenantId)).toMatchObject([{ failure: 'reconnect_required' }])
        expect((await cluster.row()).connection).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
        frozen.signal('SIGCONT')
        expect(await late).toMatchObject([{ version: 2, failure: null }])
        expect((await cluster.row()).connection).toMatchObject({ state: 'connected', reason: null })
        const events = (await cluster.events()).map(({ event, outcome }) => `${event} ${outcome}`)
        expect(events).toContain('token.recovered ok')
        expect(events).toContain('incident.closed ok')
        expect(await other.obtain(cluster.tenantId)).toMatchObject([{ version: 2, failure: null }])
        const { ours, live } = await cluster.fingerprints()
        expect(live).toEqual([ours])
      }),
  )

  test(
    'both answered for one refresh token: the later answer is what is stored, the other is journaled',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (cluster) => {
        const [slow, quick] = [await cluster.start(), await cluster.start()]
        await cluster.script([{ grace: 3_600_000 }, { delay_after: 5_000 }])
        await cluster.expire()
        const later = slow.obtain(cluster.tenantId)
        await cluster.until(async () => (await cluster.refreshes()).some(({ committed }) => committed))
        await cluster.endLease()
        expect(await quick.obtain(cluster.tenantId)).toMatchObject([{ version: 2, failure: null }])
        expect(await later).toMatchObject([{ version: 3, failure: null }])
        const { ours } = await cluster.fingerprints()
        expect((await cluster.refreshes())[0]?.issued?.refresh_token).toBe(ours)
        const dropped = (await cluster.events()).filter(({ event }) => event === 'token.dropped')
        expect(dropped).toMatchObject([{ detail: { generation: 2, newer: 3 } }])
      }),
  )

  test(
    'one frozen with an answer older than what the other stored: the newer one stays',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (cluster) => {
        const [frozen, other] = [await cluster.start(), await cluster.start()]
        await cluster.script([{ grace: 3_600_000 }, { delay_after: 300 }])
        await cluster.expire()
        const late = frozen.obtain(cluster.tenantId)
        await cluster.until(async () => (await cluster.refreshes()).some(({ committed }) => committed))
        frozen.signal('SIGSTOP')
        await cluster.until(async () => (await cluster.refreshes()).every(({ delivered }) => delivered))
        await cluster.endLease()
        expect(await other.obtain(cluster.tenantId)).toMatchObject([{ version: 2, failure: null }])
        // the clock of an answer counts whole seconds
        await sleep(1_000)
        frozen.signal('SIGCONT')
        expect(await late).toMatchObject([{ version: 2, failure: null }])
        const { ours } = await cluster.fingerprints()
        expect((await cluster.refreshes())[1]?.issued?.refresh_token).toBe(ours)
        expect((await cluster.events()).map(({ event }) => event)).toContain('token.dropped')
      }),
  )

  test(
    'one frozen for longer than its lease: its late refusal changes nothing that is newer',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (cluster) => {
        const [frozen, other] = [await cluster.start(), await cluster.start()]
        await cluster.script([{ delay_before: 1_500 }])
        await cluster.expire()
        const late = frozen.obtain(cluster.tenantId)
        await cluster.until(async () => (await cluster.refreshes()).length === 1)
        frozen.signal('SIGSTOP')
        await cluster.endLease()
        expect(await other.obtain(cluster.tenantId)).toMatchObject([{ version: 2, failure: null }])
        await cluster.until(async () => (await cluster.refreshes()).every(({ status }) => status !== null))
        frozen.signal('SIGCONT')
        expect(await late).toMatchObject([{ version: 2, failure: null }])
        expect((await cluster.row()).connection).toMatchObject({ state: 'connected', attempts: 0 })
        const { ours, live } = await cluster.fingerprints()
        expect(live).toEqual([ours])
      }),
  )

  test(
    'one killed between intent and request: the other refreshes as if nothing had been',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (cluster) => {
        // accepts, and says nothing: the request never reaches the provider
        const nowhere = createServer()
        await new Promise<void>((done) => nowhere.listen(0, '127.0.0.1', done))
        const address = nowhere.address()
        const port = typeof address === 'object' && address ? address.port : 0
        const [doomed, other] = [
          await cluster.start(0, { TEAMLEADER_OAUTH_URL: `http://127.0.0.1:${port}` }),
          await cluster.start(),
        ]
        await cluster.expire()
        doomed.obtain(cluster.tenantId).catch(() => {})
        await cluster.until(async () => (await cluster.row()).set.intentFingerprint !== null)
        await doomed.kill()
        nowhere.close()
        await cluster.endLease()
        await other.sweep()
        expect(await other.obtain(cluster.tenantId)).toMatchObject([{ version: 2, failure: null }])
        expect(await cluster.refreshes()).toHaveLength(1)
      }),
  )

  test.for([
    { graceMs: 0, outcome: { version: null, failure: 'reconnect_required' }, reason: 'lost_response' },
    // far longer than a test: how soon the other process asks on a busy machine is not what is tested
    { graceMs: 3_600_000, outcome: { version: 2, failure: null }, reason: null },
  ])(
    'one killed after the provider acted, whose grace is $graceMs ms',
    {
      timeout: 60_000,
    },
    ({ graceMs, outcome, reason }, { url }) =>
      within(url, async (cluster) => {
        const [doomed, other] = [await cluster.start(), await cluster.start()]
        await cluster.script([{ grace: graceMs }, { delay_after: 2_000 }])
        await cluster.expire()
        doomed.obtain(cluster.tenantId).catch(() => {})
        await cluster.until(async () => (await cluster.refreshes()).some(({ committed }) => committed))
        await doomed.kill()
        await cluster.endLease()
        await other.sweep()
        expect(await other.obtain(cluster.tenantId)).toMatchObject([outcome])
        const { connection, set } = await cluster.row()
        expect(connection.reason).toBe(reason)
        const { ours, live } = await cluster.fingerprints()
        if (reason === null) expect(live).toContain(ours)
        else expect(set.generation).toBe(1)
        const events = (await cluster.events()).map(({ event, outcome: how }) => `${event} ${how}`)
        expect(events).toContain(reason === null ? 'token.refreshed ok' : 'token.refused lost_response')
      }),
  )

  test(
    'one killed after the store: the other hands out what it stored, without a call',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (cluster) => {
        const [doomed, other] = [await cluster.start(), await cluster.start()]
        await cluster.expire()
        const [given] = await doomed.obtain(cluster.tenantId)
        await doomed.kill()
        expect(await other.obtain(cluster.tenantId)).toEqual([given])
        expect(await cluster.refreshes()).toHaveLength(1)
      }),
  )
})
