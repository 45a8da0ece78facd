import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Container, container } from '#lib/composition/container.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { SealContext } from '#lib/ports/operations.ts'
import { providerSettings } from '#lib/sandbox/provider-settings.ts'
import { readOidcReturn } from '#lib/server/auth/oidc/oidc-return.ts'
import { readOidcStart } from '#lib/server/auth/oidc/oidc-start.ts'
import { knownBrowser } from '#lib/server/cookies/known-browser.ts'
import { readWaitingCode } from '#lib/server/cookies/stateless-code.ts'
import {
  connectedEmail,
  parkedEmail,
  parkedNonce,
  plaintexts,
  restoreSealed,
  sealedAt,
  sealedCookies,
  sealedCursor,
  sealedErasureKey,
  sealedTotp,
  sealedVerifier,
  sealedWith,
  startProvider,
} from '#lib/testing/database/sealed-database.ts'

const tokenSet = (name: string) => (sealedCookies[name] ? { value: sealedCookies[name] } : undefined)
vi.mock('next/headers', () => ({ cookies: async () => ({ get: tokenSet }) }))

let folder: string
let provider: Awaited<ReturnType<typeof startProvider>>
let app: Container
const now = sealedAt

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porte-cles-sealed-'))
  const file = join(folder, 'sealed.db')
  restoreSealed(file)
  provider = await startProvider()
  const settings = {
    ...sealedWith,
    ...providerSettings(provider.url),
    DATABASE_URL: `file:${file}`,
    LOG_LEVEL: 'silent',
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  app = await container({ clock: { now: () => now } })
})
afterAll(async () => {
  await app.close()
  await provider.close()
  await rm(folder, { recursive: true, force: true })
})

const adminOf = async (email: string): Promise<Admin> => {
  const found = await app.store.accounts.findSignIn(email)
  if (found?.user.role !== 'admin') throw new Error(`${email} is not in the fixture`)
  return found.user
}

const obtain = async (provider: ProviderId) => {
  const { tenantId } = await adminOf(connectedEmail)
  return (await app.getAccessToken.obtain({ tenantId, provider, minTtlMs: 0 })).accessToken
}

/** How each purpose is proven to open: by what the program hands out, or sends to the provider. A new purpose fails to compile here. */
const proofs: Record<SealContext['purpose'], () => Promise<void>> = {
  // the container opened them: with another result it would have refused to start
  key_probe: async () => expect(await app.store.vaultKeys.list()).toMatchObject([{ id: 'fixture-1' }]),

  access_token: async () => {
    expect(await obtain('teamleader')).toBe(plaintexts.teamleader.accessToken)
    expect(await obtain('teo')).toBe(plaintexts.teo.accessToken)
  },

  client_secret: async () => {
    const admin = await adminOf(connectedEmail)
    const test = await app.testConnection(admin, 'teamleader-v1')
    expect(test.reads).toMatchObject([{ read: 'hello', failure: null }])
    const { group, secret } = plaintexts.v1
    expect(provider.asked('/api/helloWorld.php')).toMatchObject([{ fields: { api_group: group, api_secret: secret } }])

    provider.grant({ access_token: 'teo-access-token-2' })
    await app.refreshDueTokens.refreshNow(admin.tenantId, 'teo')
    const { clientId, clientSecret } = plaintexts.teo
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    expect(provider.asked('/oauth2/token')).toMatchObject([{ authorization }])
    expect(await obtain('teo')).toBe('teo-access-token-2')
  },

  refresh_token: async () => {
    const { tenantId } = await adminOf(connectedEmail)
    provider.grant({ access_token: 'teamleader-access-token-3', refresh_token: 'teamleader-refresh-token-3' })
    await app.refreshDueTokens.refreshNow(tenantId, 'teamleader')
    const { clientId, clientSecret, refreshToken } = plaintexts.teamleader
    const fields = { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken }
    expect(provider.asked('/oauth2/access_token').at(-1)).toMatchObject({ fields })
    expect(await obtain('teamleader')).toBe('teamleader-access-token-3')
  },

  parked_code: async () => {
    const user = await adminOf(parkedEmail)
    provider.grant({ access_token: 'parked-access-token-1', refresh_token: 'parked-refresh-token-1' })
    const result = await app.handleCallback.finishParked({ provider: 'teamleader', nonce: parkedNonce, user })
    expect(result).toEqual({ kind: 'connected' })
    const { clientId, clientSecret, code } = plaintexts.parked
    const fields = { client_id: clientId, client_secret: clientSecret, code }
    expect(provider.asked('/oauth2/access_token').at(-1)).toMatchObject({ fields })
  },

  code_verifier: async () => {
    const { at, plaintext, sealed } = sealedVerifier
    expect(await app.vault.open(sealed, { purpose: 'code_verifier', ...at })).toBe(plaintext)
  },

  totp_secret: async () => {
    const { row, plaintext, sealed } = sealedTotp
    expect(await app.vault.open(sealed, { purpose: 'totp_secret', row })).toBe(plaintext)
  },

  feed_cursor: async () => {
    const { context, plaintext, sealed } = sealedCursor
    expect(await app.vault.open(sealed, { purpose: 'feed_cursor', ...context })).toBe(plaintext)
  },

  erasure_key: async () => {
    const { row, plaintext, sealed } = sealedErasureKey
    expect(await app.vault.open(sealed, { purpose: 'erasure_key', row })).toBe(plaintext)
  },

  waiting_code: async () => expect(await readWaitingCode()).toEqual({ ...plaintexts.waitingCode, arrivedAt: sealedAt }),

  known_browser: async () => expect(await knownBrowser()).toEqual(plaintexts.knownBrowser),

  oidc_checks: async () => expect(await readOidcReturn()).toEqual(plaintexts.oidcReturn),

  oidc_departure: async () => expect(await readOidcStart()).toBe(plaintexts.oidcDeparture),
}

test.each(Object.entries(proofs))('what was sealed as %s still opens', (_, proof) => proof())
