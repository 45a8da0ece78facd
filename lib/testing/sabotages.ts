/** One fault put into a copy of the code: the tests of `noticedBy` must fail there. */
export interface Sabotage {
  name: string
  file: string
  /** Stands exactly once in the file. */
  from: string
  to: string
  noticedBy: string
}

const leases = {
  file: 'lib/adapters/store/tokens/leases.ts',
  noticedBy: 'lib/adapters/store/contract/tokens/leases.test.ts',
}
const pending = {
  file: 'lib/adapters/store/authorization/pending-authorizations.ts',
  noticedBy: 'lib/adapters/store/contract/authorization/pending-authorizations.test.ts',
}
const connections = {
  file: 'lib/adapters/store/connections/connections.ts',
  noticedBy: 'lib/adapters/store/contract/connections/connections.test.ts',
}
const performRefresh = 'lib/use-cases/tokens/perform-refresh.ts'
const killLoop = 'lib/use-cases/scenarios/kill-loop.test.ts'

export const sabotages: Sabotage[] = [
  {
    name: 'version guard: a late pair is stored over a newer one',
    ...leases,
    from: '.where(and(eq(tokenSets.id, tokenSet.tokenSetId), eq(tokenSets.generation, tokenSet.version)))',
    to: '.where(eq(tokenSets.id, tokenSet.tokenSetId))',
  },
  {
    name: 'lease guard: a lease that another holds is taken',
    ...leases,
    from: '.where(and(eq(tokenSets.id, id), or(isNull(tokenSets.leaseUntil), time.past(tokenSets.leaseUntil, now))))',
    to: '.where(eq(tokenSets.id, id))',
  },
  {
    name: 'lease guard: who lost the lease goes on as its holder',
    ...leases,
    from: '      eq(tokenSets.leaseOwner, owner),\n    )',
    to: '    )',
  },
  {
    name: 'lease guard: anybody frees a lease',
    ...leases,
    from: '        .set(noLease)\n        .where(and(eq(tokenSets.id, id), eq(tokenSets.leaseOwner, owner)))',
    to: '        .set(noLease)\n        .where(eq(tokenSets.id, id))',
  },
  {
    name: 'intent before call: the request leaves first',
    file: performRefresh,
    from: '    if (!(await store.tokens.openIntent(lease, fingerprint, clock.now()))) return null\n',
    to: "    await api.refresh({ ...request, clientSecret: secrets[0] ?? '' })\n    if (!(await store.tokens.openIntent(lease, fingerprint, clock.now()))) return null\n",
    noticedBy: killLoop,
  },
  {
    name: 'intent before call: the answer of the provider is not stored before it is used',
    file: 'lib/use-cases/tokens/store-pair.ts',
    from: '    const stored = await untilStored(async () => {\n      tries += 1',
    to: '    const stored = await (async (_: unknown) => true)(async () => {\n      tries += 1',
    noticedBy: 'lib/use-cases/tokens/coordinate-refresh.test.ts',
  },
  {
    name: 'lost response: an earlier request without an answer is forgotten',
    file: performRefresh,
    from: 'let lostBefore = tokenSet.intentFingerprint === fingerprint',
    to: 'let lostBefore = false',
    noticedBy: killLoop,
  },
  {
    name: 'durability: a commit does not wait for the disk',
    file: 'lib/adapters/store/engine/sqlite/sqlite.ts',
    from: "'synchronous = FULL',",
    to: "'synchronous = OFF',",
    noticedBy: 'lib/adapters/store/engine/sqlite/sqlite-driver.test.ts',
  },
  {
    name: 'guarded step: what follows a lost guard is written all the same',
    file: 'lib/adapters/store/engine/sqlite/sqlite.ts',
    from: '        if (!won) return null\n',
    to: '',
    noticedBy: 'lib/adapters/store/contract/engine/database.test.ts',
  },
  {
    name: 'tenant in a where clause: a client’s secret is read by anybody',
    ...connections,
    file: 'lib/adapters/store/connections/clients.ts',
    from: '(tenantId, id) => sealedClient(and(eq(clients.tenantId, tenantId), eq(clients.id, id)))',
    to: '(_, id) => sealedClient(and(eq(clients.id, id)))',
  },
  {
    name: 'tenant in a where clause: settings of another tenant are saved',
    ...connections,
    from: '                eq(connections.tenantId, tenantId),\n                eq(connections.revision, revision),',
    to: '                eq(connections.revision, revision),',
  },
  {
    name: 'candidate’s account check: another account is promoted unasked',
    file: 'lib/domain/authorization/candidate.ts',
    from: 'if (knownState && (current === null || same))',
    to: 'if (knownState)',
    noticedBy: 'lib/domain/authorization/candidate.test.ts',
  },
  {
    name: 'state hash in the callback: any pending authorization will do',
    file: pending.file,
    from: 'findPending: (stateHash) => first(eq(pending.stateHash, stateHash))',
    to: 'findPending: () => first(undefined)',
    noticedBy: 'lib/use-cases/authorization/handle-callback.test.ts',
  },
  {
    name: 'state hash in the callback: the exchange is claimed without it',
    ...pending,
    from: "            stateHash === null ? eq(pending.step, 'parked') : eq(pending.stateHash, stateHash),\n",
    to: '',
  },
  {
    name: 'state hash in the callback: another browser brings it',
    file: 'lib/use-cases/authorization/handle-callback.ts',
    from: 'sameBrowser: nonce !== null && pending.nonceHash === random.hash(nonce)',
    to: 'sameBrowser: true',
    noticedBy: 'lib/use-cases/authorization/handle-callback.test.ts',
  },
  {
    name: 'origin check: a page without an origin may post',
    file: 'lib/server/http/origin.ts',
    from: "(origin === 'null' && headers.get('sec-fetch-site') === 'same-origin')",
    to: "origin === 'null'",
    noticedBy: 'lib/server/http/origin.test.ts',
  },
  {
    name: 'rate limit: one more than allowed',
    file: 'lib/adapters/store/accounts/rate-limit.ts',
    from: ')`, limit)',
    to: ')`, limit + 1)',
    noticedBy: 'lib/adapters/store/contract/accounts/rate-limit.test.ts',
  },
  {
    name: 'circuit breaker: every call is let through while it is open',
    file: 'lib/use-cases/tokens/circuit-breaker.ts',
    from: 'return store.outages.claimProbe(provider, probeEveryMs, clock.now())',
    to: 'return true',
    noticedBy: 'lib/use-cases/tokens/circuit-breaker.test.ts',
  },
  {
    name: 'circuit breaker: a few failures among many calls open it',
    file: 'lib/domain/tokens/circuit-breaker.ts',
    from: 'connections >= leastConnections && failed * 2 >= calls',
    to: 'connections >= leastConnections',
    noticedBy: 'lib/domain/tokens/circuit-breaker.test.ts',
  },
  {
    name: 'vault context: a sealed value opens in another row',
    file: 'lib/adapters/vault.ts',
    from: 'protectedHeader.ctx === canonical(context) ? new TextDecoder().decode(plaintext) : null',
    to: 'protectedHeader.ctx ? new TextDecoder().decode(plaintext) : null',
    noticedBy: 'lib/adapters/vault.test.ts',
  },
  {
    name: 'one-time link: it is redeemed twice',
    file: 'lib/adapters/store/accounts/links.ts',
    from: 'isNull(links.usedAt), gt(links.expiresAt, now))',
    to: 'gt(links.expiresAt, now))',
    noticedBy: 'lib/adapters/store/contract/accounts/links.test.ts',
  },
  {
    name: 'kill loop: what a killed client had sent is not waited for',
    file: 'lib/sandbox/client-listener.ts',
    from: '    await Promise.allSettled(underWay)\n',
    to: '',
    noticedBy: 'lib/sandbox/server.test.ts',
  },
  {
    name: 'provider calls: a redirect is followed, with the credentials',
    file: 'lib/adapters/http.ts',
    from: "redirect: 'manual'",
    to: "redirect: 'follow'",
    noticedBy: 'lib/adapters/http.test.ts',
  },
]
