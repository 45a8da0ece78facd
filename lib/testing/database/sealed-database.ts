import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'

/**
 * A database and cookies that programs of November 2026 sealed, of which every secret must open for good.
 *
 * Made once: the container ran on an empty SQLite database in front of `startProvider`, two admins saved their settings
 * and connected, and the file was written out as SQL. It is never made again: a newer program would write it as that
 * program seals, and so prove nothing. A new purpose of sealing is added to it as its first program sealed it.
 */
const dump = fileURLToPath(new URL('./sealed-database.sql', import.meta.url))

/** Keys that seal nothing but this fixture. */
export const sealedWith = {
  ENCRYPTION_KEYS: 'fixture-1:RXbpsSFC0aRFH2fyoHM3VJ7OQhRyVFzHwhKwXoV9DSQ=',
  NEXTAUTH_SECRET: 'the-secret-of-the-sealed-fixture-and-of-nothing-else',
}

/** When it was made: its tokens are valid, its parked code waits. */
export const sealedAt = new Date('2026-11-27T02:00:00.000Z')

/** Connected to Teamleader Focus (second token pair, second client secret), to V1 and to téo. */
export const connectedEmail = 'connected@fixture.example'
/** Went to the consent page; the code came back while nobody was signed in. */
export const parkedEmail = 'parked@fixture.example'
/** What the browser of that authorization holds. */
export const parkedNonce = 'the-nonce-of-the-parked-fixture'

/** What is sealed, as it was typed or as the provider gave it. */
export const plaintexts = {
  teamleader: {
    clientId: 'c11e0000000000000000000000000001',
    clientSecret: '5ec2e700000000000000000000000002',
    accessToken: 'teamleader-access-token-2',
    refreshToken: 'teamleader-refresh-token-2',
  },
  parked: {
    clientId: 'c11e0000000000000000000000000003',
    clientSecret: '5ec2e700000000000000000000000004',
    code: 'the-parked-authorization-code',
  },
  v1: { group: '12345', secret: 'the-v1-api-secret' },
  teo: { clientId: 'teo-client', clientSecret: 'the-teo-client-secret', accessToken: 'teo-access-token-1' },
  waitingCode: { code: 'the-waiting-authorization-code', path: '/' },
  knownBrowser: {
    id: 'the-browser-of-the-fixture',
    users: [{ id: 'the-user-of-the-fixture', until: new Date('2027-11-27T02:00:00.000Z') }],
  },
  oidcReturn: {
    checks: { state: 'the-state', nonce: 'the-nonce', verifier: 'the-verifier', fresh: false },
    deepLink: '/administratif/journal',
    confirms: null,
  },
  oidcDeparture: 'https://login.fixture.example/authorize?state=the-state',
} as const

/** What browsers hold, by the names of the cookies. */
export const sealedCookies: Record<string, string> = {
  'porte-cles-code':
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcIndhaXRpbmdfY29kZVwiXV0ifQ..zXeJ68wwaR7F1w3o.ekF1q8DJEknA-Ti7WkHZzMi4CdQPj7I78SgdqaXlQaXKuEvNWH_o73KnAJhX4cIZ5fx84w.j_EP-JeimOmlGR8Z4lZrXQ',
  'porte-cles-oidc':
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcIm9pZGNfZGVwYXJ0dXJlXCJdXSJ9..ADBgSUgwP-salRKa.CsbBQprbJYppm2KYBroapvzmbVycnoX2Rhos2_2ckZ5AYXjqDw9CURWtQUn_bHH0ESlfsqdGLA.mJOZRsO68XsnOuEcospTqw',
  'porte-cles-oidc-checks':
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcIm9pZGNfY2hlY2tzXCJdXSJ9..Py_2ZA-9pULOYhQ7.TG-mCD4XAbjbFLfAaKtC8f-6nn-u3vLgqjaZMSWRoGz9g8kFmGYIsLSp6gE57VH3PvEI2a3h3lwpPIAjEseDcwQvcGoi1AYRTq-5f6hsYPQyherQhbjAz2ROL9-xkLPe6CkeyP0t7Re5e6U1ilTpc3Dl6x4oBIcgi4l4HRAAkNPrJrO_jo73duY39flhDM83.7xb-_Rvh5Fr-N8HZM_I9GQ',
  // a purpose newer than the database: sealed by the program that brought it, with the same key, and never again either
  'porte-cles-known':
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcImtub3duX2Jyb3dzZXJcIl1dIn0..A6DVorQJqdGRcJme.qtE7LXqBcwHG6pzsBUM6rID1wPZYi8SAqDLL73jBDHPHRWQz_mKUskrnpp6gfulkdSCSTvNQro0qDPnWcc072YSrqGtjNK1TVsc.v8NqOANpgdqVt75FpM61Gw',
}

/** The code verifier of an authorization under way, as it stands in its row: Teamleader is sent none, so the database has none. */
export const sealedVerifier = {
  at: { tenant: 'tenant-1', row: 'authorization-1' },
  plaintext: 'the-verifier-of-the-fixture-43-characters-x',
  sealed:
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcImNvZGVfdmVyaWZpZXJcIl0sW1wicm93XCIsXCJhdXRob3JpemF0aW9uLTFcIl0sW1widGVuYW50XCIsXCJ0ZW5hbnQtMVwiXV0ifQ..wEfFhm-LMKkkFQJF.8BxKyCOlqLwn7WCQNLQEnnc1flyzzjrlnnObc1FGgJ0jKvrxNXTP7CuMdA.STQho1ICZPsXvYp_84Sn5w',
}

/** The secret of an authenticator app, a purpose newer than the database: sealed with the same key by its first program. */
export const sealedTotp = {
  row: 'user-1',
  plaintext: 'JBSWY3DPEHPK3PXPKQ2M7ZTAWUNR5CHD',
  sealed:
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcInRvdHBfc2VjcmV0XCJdLFtcInJvd1wiLFwidXNlci0xXCJdXSJ9..rJLA3_37REZnp5EQ.1isLFh31l41z3Vu421v1u-WTdGdZP3eIawQV9m_sKyA.ZR3I2X8y62NNYjjtnkmp_g',
}

/** A back end keeps it for weeks. */
export const sealedCursor = {
  context: { tenant: 't-1', list: 'companies' },
  plaintext: '1.42.4711.17',
  sealed:
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcImxpc3RcIixcImNvbXBhbmllc1wiXSxbXCJwdXJwb3NlXCIsXCJmZWVkX2N1cnNvclwiXSxbXCJ0ZW5hbnRcIixcInQtMVwiXV0ifQ..hYK1BGftnQUO-CIu.iiAh61WAUuupNhoF.UD4LvqNEcc561FKi4YDAXQ',
}

/** The key of a tenant's erased records: likewise. */
export const sealedErasureKey = {
  row: 'tenant-1',
  plaintext: 'the-key-of-the-hashes-of-erased-records-43x',
  sealed:
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZml4dHVyZS0xIiwiY3R4IjoiW1tcInB1cnBvc2VcIixcImVyYXN1cmVfa2V5XCJdLFtcInJvd1wiLFwidGVuYW50LTFcIl1dIn0..jTNCJD-Lhhhu4zOw.HrKXlsbVreQEjPHd7-AGrxzUlNsv9AOFvyyVmuEI8S0JPJk8XEM0U07e1g._nEVRoLbOFaX8ykeHn-lkg',
}

/** Written to a new file, to be opened as any database is: its migrations go on from those of that day. */
export const restoreSealed = (file: string) => {
  const client = new BetterSqlite3(file)
  client.exec(readFileSync(dump, 'utf8'))
  client.close()
}

interface Asked {
  path: string
  authorization: string | undefined
  fields: Record<string, string>
}

/** Every provider at one address on loopback: keeps what it is sent, and gives the tokens that it is told to. */
export const startProvider = async () => {
  const asked: Asked[] = []
  let tokens: Record<string, string> = {}
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const path = request.url ?? ''
    const { authorization } = request.headers
    asked.push({ path, authorization, fields: Object.fromEntries(new URLSearchParams(body)) })
    const granted = { ...tokens, expires_in: 3600, token_type: 'Bearer' }
    const user = {
      data: { account: { id: 'account-1' }, first_name: 'A', last_name: 'B', email: 'ab@fixture.example' },
    }
    response.setHeader('content-type', 'application/json')
    if (/token$/.test(path)) response.end(JSON.stringify(granted))
    else if (path === '/users.me') response.end(JSON.stringify(user))
    else response.end(JSON.stringify({ message: 'Successful' }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: (path: string) => asked.filter((call) => call.path === path),
    grant: (next: Record<string, string>) => {
      tokens = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}
