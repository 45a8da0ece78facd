import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ConnectedTenant,
  connectedTenant,
  inDatabase,
  minute,
  refusal,
} from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const flipped = (sealed: string) => {
  const at = sealed.length - 40
  return `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
}

type Alteration = (tenant: ConnectedTenant, other: ConnectedTenant) => Promise<unknown>

const alterations: [string, Alteration][] = [
  [
    'altered',
    async (tenant) => tenant.change({ sealedRefreshToken: flipped((await tenant.row()).sealedRefreshToken) }),
  ],
  [
    'cut off',
    async (tenant) => tenant.change({ sealedRefreshToken: (await tenant.row()).sealedRefreshToken.slice(0, 90) }),
  ],
  ['emptied', (tenant) => tenant.change({ sealedRefreshToken: '' })],
  [
    'moved from another row',
    async (tenant, other) => tenant.change({ sealedRefreshToken: (await other.row()).sealedRefreshToken }),
  ],
  [
    'moved from another field',
    async (tenant) => tenant.change({ sealedRefreshToken: (await tenant.row()).sealedAccessToken }),
  ],
  [
    'rolled back to a spent one',
    async (tenant) => {
      const { sealedRefreshToken } = await tenant.row()
      testApp.clock.move(61 * minute)
      await tenant.obtain()
      return tenant.change({ sealedRefreshToken })
    },
  ],
]

describe('a refresh token that was', () => {
  it.each(alterations)('%s is sent nowhere: that connection needs a person, no other does', async (_, alter) => {
    const [tenant, other] = [await connectedTenant(testApp), await connectedTenant(testApp)]
    await alter(tenant, other)
    const asked = (await tenant.refreshes()).length
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('misconfigured'))
    await expect(tenant.obtain()).rejects.toEqual(refusal('misconfigured'))
    await testApp.work()
    expect(await tenant.refreshes()).toHaveLength(asked)
    expect(await tenant.status()).toMatchObject({ state: 'misconfigured', reason: 'secret_unreadable' })
    expect(await testApp.incidents(tenant.admin)).toEqual([{ reason: 'secret_unreadable', open: true }])
    expect(await testApp.journal(tenant.admin)).toContain('token.refused secret_unreadable')
    expect((await other.obtain()).version).toBe(2)
    await tenant.expectSound()
    await other.expectSound(2)
  })
})

describe('an access token that was altered', () => {
  it('is handed to nobody, never as another plaintext, and the next refresh heals it', async () => {
    const [tenant, other] = [await connectedTenant(testApp), await connectedTenant(testApp)]
    await tenant.change({ sealedAccessToken: (await other.row()).sealedAccessToken })
    await expect(tenant.obtain()).rejects.toEqual(refusal('misconfigured'))
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.status()).toMatchObject({ state: 'connected' })
  })
})

describe('a client secret that was altered', () => {
  it('is sent nowhere, and the tokens work again once it was typed anew', async () => {
    const tenant = await connectedTenant(testApp)
    await inDatabase(testApp, async ({ q, tables: { clients } }) => {
      const ours = eq(clients.tenantId, tenant.admin.tenantId)
      await q.update(clients).set({ sealedSecret: 'eyJ.a.b.c.d' }).where(ours)
    })
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('misconfigured'))
    expect(await tenant.refreshes()).toHaveLength(0)
    await tenant.save({ secret: tenant.integration.clientSecret })
    await testApp.work()
    expect((await tenant.obtain()).version).toBe(2)
    await tenant.expectSound(2)
  })
})

describe('a key that this process does not know', () => {
  it('is a passing error: nothing is sent, nothing is decided, and others’ refreshes go on', async () => {
    const otherRows = await Promise.all(Array.from({ length: 9 }, () => connectedTenant(testApp)))
    const fine = await connectedTenant(testApp)
    for (const tenant of otherRows) {
      const { sealedRefreshToken } = await tenant.row()
      const [head = '', ...rest] = sealedRefreshToken.split('.')
      const named = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), kid: 'k9' }
      const sealed = [Buffer.from(JSON.stringify(named)).toString('base64url'), ...rest].join('.')
      await tenant.change({ sealedRefreshToken: sealed, refreshDueAt: testApp.clock.now() })
    }
    testApp.clock.move(61 * minute)
    const [otherTenant] = otherRows as [ConnectedTenant]
    await expect(otherTenant.obtain()).rejects.toEqual(refusal('storage_unavailable'))
    await testApp.work()
    expect(await otherTenant.status()).toMatchObject({ state: 'connected' })
    expect(await otherTenant.refreshes()).toHaveLength(0)
    expect(await fine.refreshes()).toHaveLength(1)
  })
})
