import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import { jeanBaptiste, marie } from '#lib/sandbox/teamleader/seeds.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const nonce = 'n'.repeat(43)
const provider = 'teamleader'
const refusal = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code })

type ConfiguredTenant = Awaited<ReturnType<TestApp['configuredTenant']>>

/** Leaves and comes back, having given access as `user`. */
const authorize = async ({ admin, integration }: ConfiguredTenant, user = marie.email, script: Step[] = []) => {
  const { clientId } = integration
  const state = await testApp.app.startAuthorization.begin(admin, provider, nonce)
  const code = await testApp.code(clientId, testApp.callback, user)
  if (script.length > 0) await testApp.control.script({ clientId }, script)
  await testApp.app.handleCallback.withCode({ provider, state, nonce, user: admin }, code)
  return testApp.view(admin)
}

const answer = (admin: Admin, candidateId: string, given: Parameters<TestApp['app']['confirmCandidate']>[3]) =>
  testApp.app.confirmCandidate(admin, provider, candidateId, given)

describe('reconnecting', () => {
  it('with the same account keeps the connection and its id, unasked', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    const first = await testApp.record(tenant.admin)
    expect((await authorize(tenant)).headline).toBe('connected')
    const second = await testApp.record(tenant.admin)
    expect(second.id).toBe(first.id)
    expect(second.tokenSet?.id).not.toBe(first.tokenSet?.id)
  })

  it('with another account asks, while the old one works on', async () => {
    const tenant = await testApp.configuredTenant()
    const { admin } = tenant
    await authorize(tenant)
    const asked = await authorize(tenant, jeanBaptiste.email)
    expect(asked).toMatchObject({ headline: 'question', candidate: { question: 'replace' } })
    expect(asked.connection?.account?.name).toBe('Marie Delvaux')
    const { id = '', account } = asked.candidate ?? {}
    await answer(admin, id, { kind: 'accept', accountId: account?.id ?? '' })
    expect((await testApp.view(admin)).connection?.account?.email).toBe(jeanBaptiste.email)
    // the same button pressed twice
    await answer(admin, id, { kind: 'accept', accountId: account?.id ?? '' })
    expect((await testApp.journal(admin)).filter((line) => line.startsWith('connection.promoted'))).toHaveLength(2)
  })

  it('and keeping the old account forgets the new one', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    const asked = await authorize(tenant, jeanBaptiste.email)
    await answer(tenant.admin, asked.candidate?.id ?? '', { kind: 'keep' })
    const view = await testApp.view(tenant.admin)
    expect(view).toMatchObject({
      headline: 'connected',
      candidate: null,
      connection: { account: { name: 'Marie Delvaux' } },
    })
    expect(await testApp.journal(tenant.admin)).toContain('candidate.forgotten ok')
  })

  it('without an answer for a day forgets the new account', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    await authorize(tenant, jeanBaptiste.email)
    testApp.clock.move(24 * 3600 * 1000 + 1)
    await testApp.app.resolveCandidate.resolve(tenant.admin.tenantId, provider)
    expect(await testApp.record(tenant.admin)).toMatchObject({
      candidate: null,
      tokenSet: { account: { name: 'Marie Delvaux' } },
    })
  })

  it('is only looked at by a reader: what is owed is asked for when an admin looks', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    await authorize(tenant, jeanBaptiste.email, [{ on: 'users.me', status: 503 }])
    testApp.clock.move(3600 * 1000)
    const { admin, integration } = tenant
    const asked = () => testApp.calls(integration.clientId, 'users.me')
    const [before, entries] = [await asked(), await testApp.journal(admin)]
    const view = await testApp.app.getConnection.look({ ...admin, role: 'reader' }, provider)
    expect(view).toMatchObject({ headline: 'unverified', candidate: { account: null } })
    expect([await asked(), await testApp.journal(admin)]).toEqual([before, entries])
    await testApp.app.getConnection.show(admin, provider, { waitingCode: null, notice: null })
    expect(await asked()).toBe(before + 1)
  })

  it('whose account cannot be read waits, and may be connected without', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    const view = await authorize(tenant, jeanBaptiste.email, [{ on: 'users.me', status: 503 }])
    expect(view).toMatchObject({
      headline: 'unverified',
      problem: { code: 'identity_unverified' },
      candidate: { maySkip: true, account: null },
      connection: { account: { name: 'Marie Delvaux' } },
    })
    await answer(tenant.admin, view.candidate?.id ?? '', { kind: 'skip_identity' })
    expect(await testApp.view(tenant.admin)).toMatchObject({
      headline: 'degraded',
      problem: { code: 'identity_unknown' },
    })
    await answer(tenant.admin, '', { kind: 'identify' })
    expect((await testApp.view(tenant.admin)).connection?.account?.email).toBe(jeanBaptiste.email)
  })
})

describe('an answer', () => {
  it('to an older candidate promotes nothing and says why', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    const older = (await authorize(tenant, jeanBaptiste.email)).candidate
    const newer = (await authorize(tenant, jeanBaptiste.email)).candidate
    const given = { kind: 'accept', accountId: older?.account?.id ?? '' } as const
    await expect(answer(tenant.admin, older?.id ?? '', given)).rejects.toEqual(refusal('candidate_replaced'))
    expect((await testApp.record(tenant.admin)).candidate?.id).toBe(newer?.id)
  })

  it('for another account than the one shown promotes nothing', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    const { candidate } = await authorize(tenant, jeanBaptiste.email)
    const given = { kind: 'accept', accountId: 'somebody else' } as const
    await expect(answer(tenant.admin, candidate?.id ?? '', given)).rejects.toEqual(refusal('candidate_replaced'))
  })

  it('of another tenant touches nothing', async () => {
    const tenant = await testApp.configuredTenant()
    await authorize(tenant)
    const { candidate } = await authorize(tenant, jeanBaptiste.email)
    const otherTenant = await testApp.configuredTenant('Autre client')
    const given = { kind: 'accept', accountId: candidate?.account?.id ?? '' } as const
    await expect(answer(otherTenant.admin, candidate?.id ?? '', given)).rejects.toEqual(refusal('candidate_gone'))
    await expect(answer(otherTenant.admin, candidate?.id ?? '', { kind: 'keep' })).rejects.toEqual(
      refusal('candidate_gone'),
    )
    expect((await testApp.record(tenant.admin)).candidate?.id).toBe(candidate?.id)
  })

  it('never skips the account of a code that came from elsewhere', async () => {
    const tenant = await testApp.configuredTenant()
    const { admin, integration } = tenant
    const code = await testApp.code(integration.clientId)
    await testApp.control.script({ clientId: integration.clientId }, [
      { on: 'users.me', status: 403, body: { errors: [{ title: 'Forbidden' }] } },
    ])
    await testApp.app.redeemPastedCode.paste(admin, await testApp.record(admin), code, nonce)
    const view = await testApp.view(admin)
    expect(view).toMatchObject({
      headline: 'unverified',
      problem: { code: 'identity_unprovable' },
      candidate: { maySkip: false },
    })
    await expect(answer(admin, view.candidate?.id ?? '', { kind: 'skip_identity' })).rejects.toEqual(
      refusal('identity_unprovable'),
    )
  })
})
