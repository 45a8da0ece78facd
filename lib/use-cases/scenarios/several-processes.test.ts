import { createServer } from 'node:net'
import { describe, expect } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { assembleFleet, type Fleet } from '#lib/testing/processes/cluster.ts'
import { raceOnce } from '#lib/testing/processes/process-race.ts'

const within = async (url: string, work: (fleet: Fleet) => Promise<void>) => {
  const fleet = await assembleFleet(url)
  try {
    await work(fleet)
  } finally {
    await fleet.close()
  }
}

describe.each(dialects)('two processes on $dialect', ({ dialect, test }) => {
  test(
    'with four hundred callers at a token’s end make one call, and give all the same token',
    {
      timeout: 120_000,
    },
    ({ url }) =>
      within(url, async (fleet) => {
        const skewMs = dialect === 'PostgreSQL' ? 600_000 : 0
        const both = [await fleet.start(), await fleet.start(skewMs)]
        for (let rounds = 0; rounds < 3; rounds += 1) await raceOnce(fleet, both)
        await fleet.script([{ delay_before: 1_000 }])
        await raceOnce(fleet, both)
      }),
  )

  test(
    'one frozen for longer than its lease: its answer, which nobody else could have, is kept',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (fleet) => {
        const [frozen, other] = [await fleet.start(), await fleet.start()]
        await fleet.script([{ delay_after: 300 }])
        await fleet.expire()
        const late = frozen.obtain(fleet.tenantId)
        await fleet.until(async () => (await fleet.refreshes()).some(({ committed }) => committed))
        frozen.signal('SIGSTOP')
        await fleet.endLease()
        expect(await other.obtain(fleet.tenantId)).toMatchObject([{ failure: 'reconnect_required' }])
        expect((await fleet.row()).connection).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
        frozen.signal('SIGCONT')
        expect(await late).toMatchObject([{ version: 2, failure: null }])
        expect((await fleet.row()).connection).toMatchObject({ state: 'connected', reason: null })
        expect(await other.obtain(fleet.tenantId)).toMatchObject([{ version: 2, failure: null }])
        const { ours, live } = await fleet.fingerprints()
        expect(live).toEqual([ours])
      }),
  )

  test(
    'one frozen for longer than its lease: its late refusal changes nothing that is newer',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (fleet) => {
        const [frozen, other] = [await fleet.start(), await fleet.start()]
        await fleet.script([{ delay_before: 1_500 }])
        await fleet.expire()
        const late = frozen.obtain(fleet.tenantId)
        await fleet.until(async () => (await fleet.refreshes()).length === 1)
        frozen.signal('SIGSTOP')
        await fleet.endLease()
        expect(await other.obtain(fleet.tenantId)).toMatchObject([{ version: 2, failure: null }])
        await fleet.until(async () => (await fleet.refreshes()).every(({ status }) => status !== null))
        frozen.signal('SIGCONT')
        expect(await late).toMatchObject([{ version: 2, failure: null }])
        expect((await fleet.row()).connection).toMatchObject({ state: 'connected', attempts: 0 })
        const { ours, live } = await fleet.fingerprints()
        expect(live).toEqual([ours])
      }),
  )

  test(
    'one killed between intent and request: the other refreshes as if nothing had been',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (fleet) => {
        // accepts, and says nothing: the request never reaches the provider
        const nowhere = createServer()
        await new Promise<void>((done) => nowhere.listen(0, '127.0.0.1', done))
        const address = nowhere.address()
        const port = typeof address === 'object' && address ? address.port : 0
        const [doomed, other] = [
          await fleet.start(0, { TEAMLEADER_OAUTH_URL: `http://127.0.0.1:${port}` }),
          await fleet.start(),
        ]
        await fleet.expire()
        doomed.obtain(fleet.tenantId).catch(() => {})
        await fleet.until(async () => (await fleet.row()).set.intentFingerprint !== null)
        await doomed.kill()
        nowhere.close()
        await fleet.endLease()
        await other.sweep()
        expect(await other.obtain(fleet.tenantId)).toMatchObject([{ version: 2, failure: null }])
        expect(await fleet.refreshes()).toHaveLength(1)
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
      within(url, async (fleet) => {
        const [doomed, other] = [await fleet.start(), await fleet.start()]
        await fleet.script([{ grace: graceMs }, { delay_after: 2_000 }])
        await fleet.expire()
        doomed.obtain(fleet.tenantId).catch(() => {})
        await fleet.until(async () => (await fleet.refreshes()).some(({ committed }) => committed))
        await doomed.kill()
        await fleet.endLease()
        await other.sweep()
        expect(await other.obtain(fleet.tenantId)).toMatchObject([outcome])
        const { connection, set } = await fleet.row()
        expect(connection.reason).toBe(reason)
        const { ours, live } = await fleet.fingerprints()
        if (reason === null) expect(live).toContain(ours)
        else expect(set.generation).toBe(1)
        const events = (await fleet.events()).map(({ event, outcome: how }) => `${event} ${how}`)
        expect(events).toContain(reason === null ? 'token.refreshed ok' : 'token.refused lost_response')
      }),
  )

  test(
    'one killed after the store: the other hands out what it stored, without a call',
    {
      timeout: 60_000,
    },
    ({ url }) =>
      within(url, async (fleet) => {
        const [doomed, other] = [await fleet.start(), await fleet.start()]
        await fleet.expire()
        const [given] = await doomed.obtain(fleet.tenantId)
        await doomed.kill()
        expect(await other.obtain(fleet.tenantId)).toEqual([given])
        expect(await fleet.refreshes()).toHaveLength(1)
      }),
  )
})
