import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type Office, openOffice } from '#lib/testing/app/test-app.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

type ConfiguredTenant = Awaited<ReturnType<Office['configuredTenant']>>

const nonce = 'n'.repeat(43)

const paste = async ({ admin }: ConfiguredTenant, typed: string, browser: string | null = nonce) =>
  office.app.redeemPastedCode.paste(admin, await office.record(admin), typed, browser)

const refusal = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code })

describe('a pasted code', () => {
  it.each([
    ['bare', (code: string) => code],
    ['as a query', (code: string) => `?code=${code}`],
    ['as the whole address', (code: string) => `${office.callback}?code=${code}`],
    ['as an address with a state of nobody', (code: string) => `${office.callback}?code=${code}&state=elsewhere`],
  ])('%s waits for the admin to recognise the account', async (_, typed) => {
    const tenant = await office.configuredTenant()
    expect(await paste(tenant, typed(await office.code(tenant.integration.clientId)))).toBeNull()
    const view = await office.view(tenant.admin)
    expect(view).toMatchObject({ headline: 'question', authStatus: { text: 'Success' }, connection: null })
    expect(view.candidate).toMatchObject({ question: 'first', account: { name: 'Marie Delvaux' }, maySkip: false })
  })

  it('in an address that answers a departure of this browser connects at once', async () => {
    const tenant = await office.configuredTenant()
    const state = await office.app.startAuthorization.begin(tenant.admin, 'teamleader', nonce)
    const address = `${office.callback}?code=${await office.code(tenant.integration.clientId)}&state=${state}`
    expect(await paste(tenant, address)).toBeNull()
    expect((await office.view(tenant.admin)).headline).toBe('connected')
  })

  it('in an address that answers a departure of another browser asks first', async () => {
    const tenant = await office.configuredTenant()
    const state = await office.app.startAuthorization.begin(tenant.admin, 'teamleader', 'o'.repeat(43))
    const address = `${office.callback}?code=${await office.code(tenant.integration.clientId)}&state=${state}`
    expect(await paste(tenant, address)).toBeNull()
    expect((await office.view(tenant.admin)).headline).toBe('question')
  })

  it('bare, and issued for the address of the old guide, is tried there second', async () => {
    const tenant = await office.configuredTenant()
    const code = await office.code(tenant.integration.clientId, `${office.app.publicUrl}/`)
    expect(await paste(tenant, code)).toBeNull()
    expect(await office.calls(tenant.integration.clientId)).toBe(2)
    expect((await office.view(tenant.admin)).headline).toBe('question')
  })

  it('can be pasted again when a gateway answered in front of the provider', async () => {
    const tenant = await office.configuredTenant()
    const { clientId } = tenant.integration
    const code = await office.code(clientId)
    await office.control.script({ clientId }, [{ status: 403, body: '<html>' }])
    expect(await paste(tenant, code)).toBe('provider_unavailable')
    expect((await office.view(tenant.admin)).problem?.code).toBe('provider_unavailable')
    expect(await paste(tenant, code)).toBeNull()
    expect((await office.view(tenant.admin)).headline).toBe('question')
  })

  it('in an address of another redirect URI says so, once', async () => {
    const tenant = await office.configuredTenant()
    const code = await office.code(tenant.integration.clientId)
    expect(await paste(tenant, `https://app.testocloud.be/?code=${code}`)).toBe('redirect_uri_refused')
    expect(await office.calls(tenant.integration.clientId)).toBe(1)
  })

  it.each([['v8'], ['v9']] as const)('is expired, used or garbage: each its own words (league %s)', async (league) => {
    const tenant = await office.configuredTenant()
    const { clientId } = tenant.integration
    await office.control.turn({ clientId }, { league })
    expect(await paste(tenant, 'def50200abcd')).toBe('code_unreadable')
    const used = await office.code(clientId)
    await paste(tenant, used)
    await office.app.confirmCandidate(tenant.admin, 'teamleader', await candidateOf(tenant), { kind: 'keep' })
    await expect(paste(tenant, used)).rejects.toEqual(refusal('exchange_done'))
    await office.control.turn({ clientId }, { code_ttl_s: 0 })
    expect(await paste(tenant, await office.code(clientId))).toBe('code_expired')
    expect((await office.view(tenant.admin)).authStatus?.text).toBe('Failed, Status code: BadRequest')
  })

  it('is exchanged once, however often it is pasted at the same time', async () => {
    const tenant = await office.configuredTenant()
    const code = await office.code(tenant.integration.clientId)
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => paste(tenant, code)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await office.calls(tenant.integration.clientId)).toBe(1)
  })

  it('that failed for the secret can be pasted again once the secret is right', async () => {
    const tenant = await office.configuredTenant()
    const { integration, admin } = tenant
    await office.control.integrate({ ...integration, clientSecret: 'a'.repeat(32) })
    const code = await office.code(integration.clientId)
    expect(await paste(tenant, code)).toBe('invalid_client')
    const typed = { enabled: true, clientId: integration.clientId, clientSecret: 'a'.repeat(32) }
    const { revision } = await office.record(admin)
    await office.app.saveSettings(admin, 'teamleader', { ...typed, revision })
    expect(await paste(tenant, code)).toBeNull()
  })

  it('that is none is refused before any call', async () => {
    const tenant = await office.configuredTenant()
    await expect(paste(tenant, 'https://app.testocloud.be/')).rejects.toEqual(refusal('code_malformed'))
    expect(await office.calls(tenant.integration.clientId)).toBe(0)
  })
})

const candidateOf = async ({ admin }: ConfiguredTenant) => (await office.record(admin)).candidate?.id ?? ''

it('a code that came by the address of the old guide is exchanged for that address, and asks', async () => {
  const { admin, integration } = await office.configuredTenant()
  const code = await office.code(integration.clientId, `${office.app.publicUrl}/`)
  const record = await office.record(admin)
  expect(await office.app.redeemPastedCode.consent(admin, record, { code, path: '/' })).toBeNull()
  expect((await office.view(admin)).candidate?.question).toBe('first')
  expect(await office.calls(integration.clientId)).toBe(1)
})
