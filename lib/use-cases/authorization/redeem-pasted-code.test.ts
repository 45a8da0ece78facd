import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

type ConfiguredTenant = Awaited<ReturnType<TestApp['configuredTenant']>>

const nonce = 'n'.repeat(43)

const paste = async ({ admin }: ConfiguredTenant, typed: string, browser: string | null = nonce) =>
  testApp.app.redeemPastedCode.paste(admin, await testApp.record(admin), typed, browser)

const refusal = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code })

describe('a pasted code', () => {
  it('that is unreadable is refused where it was typed, and leaves no fault with a connection that works', async () => {
    const tenant = await testApp.configuredTenant()
    expect(await paste(tenant, 'def50200aa')).toBe('code_unreadable')
    expect((await testApp.view(tenant.admin)).problem?.code).toBe('code_unreadable')
    await testApp.connect(tenant.admin, tenant.integration)
    expect(await paste(tenant, 'def50200bb')).toBe('code_unreadable')
    expect(await testApp.view(tenant.admin)).toMatchObject({ headline: 'connected', problem: null })
  })

  it.each([
    ['bare', (code: string) => code],
    ['as a query', (code: string) => `?code=${code}`],
    ['as the whole address', (code: string) => `${testApp.callback}?code=${code}`],
    ['as an address with a state of nobody', (code: string) => `${testApp.callback}?code=${code}&state=elsewhere`],
  ])('%s waits for the admin to recognise the account', async (_, typed) => {
    const tenant = await testApp.configuredTenant()
    expect(await paste(tenant, typed(await testApp.code(tenant.integration.clientId)))).toBeNull()
    const view = await testApp.view(tenant.admin)
    expect(view).toMatchObject({ headline: 'question', authStatus: { text: 'Success' }, connection: null })
    expect(view.candidate).toMatchObject({ question: 'first', account: { name: 'Marie Delvaux' }, maySkip: false })
  })

  it('in an address that answers an authorization of this browser connects at once', async () => {
    const tenant = await testApp.configuredTenant()
    const state = await testApp.app.startAuthorization.begin(tenant.admin, 'teamleader', nonce)
    const address = `${testApp.callback}?code=${await testApp.code(tenant.integration.clientId)}&state=${state}`
    expect(await paste(tenant, address)).toBeNull()
    expect((await testApp.view(tenant.admin)).headline).toBe('connected')
  })

  it('in an address that answers an authorization of another browser asks first', async () => {
    const tenant = await testApp.configuredTenant()
    const state = await testApp.app.startAuthorization.begin(tenant.admin, 'teamleader', 'o'.repeat(43))
    const address = `${testApp.callback}?code=${await testApp.code(tenant.integration.clientId)}&state=${state}`
    expect(await paste(tenant, address)).toBeNull()
    expect((await testApp.view(tenant.admin)).headline).toBe('question')
  })

  it('bare, and issued for the address of the old guide, is tried there second', async () => {
    const tenant = await testApp.configuredTenant()
    const code = await testApp.code(tenant.integration.clientId, `${testApp.app.publicUrl}/`)
    expect(await paste(tenant, code)).toBeNull()
    expect(await testApp.calls(tenant.integration.clientId)).toBe(2)
    expect((await testApp.view(tenant.admin)).headline).toBe('question')
  })

  it('can be pasted again when a gateway answered in front of the provider', async () => {
    const tenant = await testApp.configuredTenant()
    const { clientId } = tenant.integration
    const code = await testApp.code(clientId)
    await testApp.control.script({ clientId }, [{ status: 403, body: '<html>' }])
    expect(await paste(tenant, code)).toBe('provider_unavailable')
    expect((await testApp.view(tenant.admin)).problem?.code).toBe('provider_unavailable')
    expect(await paste(tenant, code)).toBeNull()
    expect((await testApp.view(tenant.admin)).headline).toBe('question')
  })

  it('in an address of another redirect URI says so, once', async () => {
    const tenant = await testApp.configuredTenant()
    const code = await testApp.code(tenant.integration.clientId)
    expect(await paste(tenant, `https://app.testocloud.be/?code=${code}`)).toBe('redirect_uri_refused')
    expect(await testApp.calls(tenant.integration.clientId)).toBe(1)
  })

  it.each([['v8'], ['v9']] as const)('is expired, used or garbage: each its own words (league %s)', async (league) => {
    const tenant = await testApp.configuredTenant()
    const { clientId } = tenant.integration
    await testApp.control.turn({ clientId }, { league })
    expect(await paste(tenant, 'def50200abcd')).toBe('code_unreadable')
    const used = await testApp.code(clientId)
    await paste(tenant, used)
    await testApp.app.confirmCandidate(tenant.admin, 'teamleader', await candidateOf(tenant), { kind: 'keep' })
    await expect(paste(tenant, used)).rejects.toEqual(refusal('exchange_done'))
    await testApp.control.turn({ clientId }, { code_ttl_s: 0 })
    expect(await paste(tenant, await testApp.code(clientId))).toBe('code_expired')
    expect((await testApp.view(tenant.admin)).authStatus?.text).toBe('Failed, Status code: BadRequest')
  })

  it('is exchanged once, however often it is pasted at the same time', async () => {
    const tenant = await testApp.configuredTenant()
    const code = await testApp.code(tenant.integration.clientId)
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => paste(tenant, code)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await testApp.calls(tenant.integration.clientId)).toBe(1)
  })

  it('that failed for the secret can be pasted again once the secret is right', async () => {
    const tenant = await testApp.configuredTenant()
    const { integration, admin } = tenant
    await testApp.control.integrate({ ...integration, clientSecret: 'a'.repeat(32) })
    const code = await testApp.code(integration.clientId)
    expect(await paste(tenant, code)).toBe('invalid_client')
    const typed = { enabled: true, clientId: integration.clientId, clientSecret: 'a'.repeat(32) }
    const { revision } = await testApp.record(admin)
    await testApp.app.saveSettings(admin, 'teamleader', { ...typed, revision })
    expect(await paste(tenant, code)).toBeNull()
  })

  it('that is none is refused before any call', async () => {
    const tenant = await testApp.configuredTenant()
    await expect(paste(tenant, 'https://app.testocloud.be/')).rejects.toEqual(refusal('code_malformed'))
    expect(await testApp.calls(tenant.integration.clientId)).toBe(0)
  })
})

const candidateOf = async ({ admin }: ConfiguredTenant) => (await testApp.record(admin)).candidate?.id ?? ''

it('a code that came by the address of the old guide is exchanged for that address, and asks', async () => {
  const { admin, integration } = await testApp.configuredTenant()
  const code = await testApp.code(integration.clientId, `${testApp.app.publicUrl}/`)
  const record = await testApp.record(admin)
  expect(await testApp.app.redeemPastedCode.consent(admin, record, { code, path: '/' })).toBeNull()
  expect((await testApp.view(admin)).candidate?.question).toBe('first')
  expect(await testApp.calls(integration.clientId)).toBe(1)
})
