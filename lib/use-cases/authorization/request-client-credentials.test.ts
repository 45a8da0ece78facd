import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

type Enrolment = Awaited<ReturnType<TestApp['control']['enrol']>>

const record = async ({ tenantId }: Admin) => {
  const found = await testApp.app.store.authorizations.find(tenantId, 'teo')
  if (!found) throw new Error('nothing is stored')
  return found
}

/** « Enregistrer » in the section « téo ». */
const save = async (admin: Admin, { clientId, clientSecret, teoId }: Enrolment, enabled = true) => {
  const revision = (await testApp.app.store.authorizations.find(admin.tenantId, 'teo'))?.revision ?? 0
  const typed = { revision, enabled, clientId: clientId, clientSecret, target: teoId }
  const stored = await testApp.app.saveSettings(admin, 'teo', typed)
  if (stored.record) await testApp.app.requestClientCredentials(admin, 'teo', stored.changed)
  return stored.problems.map(({ code }) => code)
}

const connected = async () => {
  const [admin, enrolment] = [await testApp.addAdmin(), await testApp.control.enrol()]
  expect(await save(admin, enrolment)).toEqual([])
  return { admin, enrolment }
}

const obtain = ({ tenantId }: Admin) => testApp.app.getAccessToken.obtain({ tenantId, provider: 'teo', minTtlMs: 0 })
const tokenCalls = ({ clientId }: Enrolment) => testApp.calls(clientId, 'teo.token')

describe('téo', () => {
  it('is connected by its three values: one token, one read', async () => {
    const { admin, enrolment } = await connected()
    const { status, authStatus, tokenSet, lastTest } = await record(admin)
    expect(status).toMatchObject({ state: 'connected', reason: null })
    expect(authStatus?.text).toBe('Success')
    expect(tokenSet).toMatchObject({ target: enrolment.teoId, lifetimeMs: 599_000, refreshDueAt: null })
    expect(lastTest?.reads).toMatchObject([{ read: 'dossiers', failure: null }])
    expect((await obtain(admin)).account).toEqual({ id: enrolment.teoId, name: enrolment.teoId, email: '' })
    expect([await tokenCalls(enrolment), await testApp.calls(enrolment.clientId, 'teo.dossiers')]).toEqual([1, 1])
    expect(await testApp.journal(admin)).toEqual(
      expect.arrayContaining([
        'settings.saved ok',
        'authorization.exchanged ok',
        'connection.promoted ok',
        'connection.tested ok',
      ]),
    )
  })

  it('is not connected by a token for another instance than its own', async () => {
    const [admin, enrolment] = [await testApp.addAdmin(), await testApp.control.enrol()]
    const set = { scope: 'target-entity:somebody-else' }
    await testApp.control.script({ clientId: enrolment.clientId }, [{ on: 'teo.token', set }])
    await save(admin, enrolment)
    const { tokenSet, candidate, status } = await record(admin)
    expect([tokenSet, candidate]).toEqual([null, null])
    expect(status).toMatchObject({ state: 'misconfigured', reason: 'target_refused' })
  })

  it('wants all three, and no colon in the Client ID', async () => {
    const admin = await testApp.addAdmin()
    expect(await save(admin, { clientId: '', clientSecret: '', teoId: '' })).toEqual([
      'client_id_missing',
      'client_secret_missing',
      'target_missing',
    ])
    expect(await save(admin, { clientId: 'a:b', clientSecret: 'c d', teoId: 'e f' })).toEqual([
      'client_id_malformed',
      'client_secret_malformed',
      'target_malformed',
    ])
  })

  it.each<[string, Partial<Enrolment>, FailureCode, string]>([
    ['a wrong secret', { clientSecret: 'wrong' }, 'invalid_client', 'Failed, Status code: Unauthorized'],
    ['an unknown Client ID', { clientId: 'unknown' }, 'invalid_client', 'Failed, Status code: Unauthorized'],
    ['an unknown TEO ID', { teoId: 'unknown' }, 'target_refused', 'Failed, Status code: BadRequest'],
  ])('refuses %s, by name', async (_, wrong, code, status) => {
    const [admin, enrolment] = [await testApp.addAdmin(), await testApp.control.enrol()]
    await save(admin, { ...enrolment, ...wrong })
    const refused = await record(admin)
    expect(refused.status).toMatchObject({ state: 'misconfigured', reason: code })
    expect([refused.authorizationFailure?.code, refused.authStatus?.text]).toEqual([code, status])
    await expect(obtain(admin)).rejects.toMatchObject({ code: 'not_connected' })
    await save(admin, enrolment)
    expect((await record(admin)).status.state).toBe('connected')
  })

  it.each<[string, object, FailureCode]>([
    ['an instance that is closed to us', { status: 403, body: { detail: 'Access Denied.' } }, 'read_forbidden'],
    ['an instance that is not there', { status: 404, body: { 'hydra:title': 'Not Found' } }, 'target_unknown'],
    ['a firewall in front of it', { status: 403, body: '<html>' }, 'provider_unavailable'],
    ['a gateway in front of it', { status: 401, body: { message: 'Unauthorized' } }, 'provider_unavailable'],
    ['too many requests', { status: 429 }, 'provider_throttled'],
    ['a failure of its own', { status: 500 }, 'provider_unavailable'],
    ['a page instead of data', { status: 200, body: '<html>' }, 'read_failed'],
  ])('tells %s from the others when it is read', async (_, step, code) => {
    const { admin, enrolment } = await connected()
    await testApp.control.script({ clientId: enrolment.clientId }, [{ on: 'teo.dossiers', ...step }])
    expect((await testApp.app.testConnection(admin, 'teo')).reads).toMatchObject([{ failure: code }])
    expect((await record(admin)).status.state).toBe('connected')
  })

  it('is asked once by three hundred callers whose token has ended', async () => {
    const { admin, enrolment } = await connected()
    testApp.clock.move(600_000)
    const tokens = await Promise.all(Array.from({ length: 300 }, () => obtain(admin)))
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(await tokenCalls(enrolment)).toBe(2)
  })

  it('costs at most eight token calls an hour, at fifty reads every ten seconds', async () => {
    const { admin, enrolment } = await connected()
    const before = await tokenCalls(enrolment)
    for (let second = 0; second < 3600; second += 10) {
      for (let reads = 0; reads < 50; reads += 1) await obtain(admin)
      await testApp.app.refreshDueTokens.refreshDue()
      testApp.clock.move(10_000)
    }
    expect((await tokenCalls(enrolment)) - before).toBeLessThanOrEqual(8)
  })

  it('is left alone while nobody asks', async () => {
    const { admin, enrolment } = await connected()
    testApp.clock.move(48 * 3600 * 1000)
    await testApp.work()
    expect(await tokenCalls(enrolment)).toBe(1)
    expect((await obtain(admin)).version).toBe(2)
  })

  it('moves to another TEO ID only once that one works', async () => {
    const { admin, enrolment } = await connected()
    await save(admin, { ...enrolment, clientSecret: '', teoId: 'not-mine' })
    expect(await record(admin)).toMatchObject({
      status: { state: 'connected' },
      target: 'not-mine',
      tokenSet: { target: enrolment.teoId },
      authorizationFailure: { code: 'target_refused' },
    })
    expect((await obtain(admin)).account?.id).toBe(enrolment.teoId)
    const second = await testApp.control.enrol()
    await save(admin, second)
    expect(await record(admin)).toMatchObject({ tokenSet: { target: second.teoId }, authorizationFailure: null })
    expect((await obtain(admin)).account?.id).toBe(second.teoId)
  })

  it('is asked at once with a secret that was mended, and keeps the token it has until its end', async () => {
    const { admin, enrolment } = await connected()
    await save(admin, { ...enrolment, clientSecret: 'wrong' })
    expect((await record(admin)).status).toMatchObject({ state: 'misconfigured', reason: 'invalid_client' })
    expect((await obtain(admin)).version).toBe(1)
    await save(admin, enrolment)
    expect((await record(admin)).status).toMatchObject({ state: 'connected', reason: null })
    expect((await obtain(admin)).version).toBe(2)
  })

  it.each<[string, FailureCode]>([
    ['Expired token', 'read_expired'],
    ['Invalid token', 'access_refused'],
  ])('is asked for another key once the one it gave is refused as « %s »', async (sentence, code) => {
    const { admin, enrolment } = await connected()
    const { clientId } = enrolment
    const step = { on: 'teo.dossiers', status: 401, body: { 'hydra:description': sentence } } as const
    const lastRead = async () => (await record(admin)).lastTest?.reads[0]?.failure
    await testApp.control.script({ clientId }, [step])
    await save(admin, enrolment)
    expect([await tokenCalls(enrolment), await lastRead()]).toEqual([2, null])
    testApp.clock.move(11 * 60_000)
    await testApp.control.script({ clientId }, [{ ...step, times: 2 }])
    await testApp.app.testConnection(admin, 'teo')
    expect([await tokenCalls(enrolment), await lastRead()]).toEqual([4, code])
    expect((await record(admin)).status).toMatchObject({ state: 'reconnect_required', reason: 'access_refused' })
    await save(admin, enrolment)
    expect([await tokenCalls(enrolment), await lastRead()]).toEqual([5, null])
    expect((await record(admin)).status.state).toBe('connected')
  })

  it('is asked once by two tabs that save the same', async () => {
    const [admin, enrolment] = [await testApp.addAdmin(), await testApp.control.enrol()]
    await Promise.all([save(admin, enrolment), save(admin, enrolment)])
    expect((await record(admin)).status.state).toBe('connected')
    expect(await tokenCalls(enrolment)).toBe(1)
    await save(admin, enrolment)
    expect(await tokenCalls(enrolment)).toBe(1)
  })

  it('is not asked while switched off, and goes on when switched on', async () => {
    const { admin, enrolment } = await connected()
    await save(admin, { ...enrolment, clientSecret: '' }, false)
    await expect(obtain(admin)).rejects.toMatchObject({ code: 'connection_disabled' })
    expect(await tokenCalls(enrolment)).toBe(1)
    await save(admin, { ...enrolment, clientSecret: '' })
    expect((await obtain(admin)).account?.id).toBe(enrolment.teoId)
  })

  it('keeps what it answers when it comes late, and waits when it asks to', async () => {
    const { admin, enrolment } = await connected()
    testApp.clock.move(600_000)
    await testApp.control.script({ clientId: enrolment.clientId }, [{ on: 'teo.token', status: 503 }])
    await expect(obtain(admin)).rejects.toMatchObject({ code: 'provider_unavailable' })
    expect((await record(admin)).status).toMatchObject({ state: 'degraded', reason: 'provider_unavailable' })
    testApp.clock.move(60_000)
    await testApp.work()
    expect((await record(admin)).status.state).toBe('connected')
  })
})
