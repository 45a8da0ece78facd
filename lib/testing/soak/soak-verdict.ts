import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { Vault } from '#lib/ports/deps.ts'
import type { JournalEntry } from '#lib/sandbox/request-journal.ts'

export interface Verdict {
  connections: number
  refreshes: number
  /** Pairs that nobody could have stored, and whose connection says so. */
  namedLosses: number
  /** Sentences; none when all is well. */
  lost: string[]
  wrong: string[]
}

/** A pair that was delivered to a process which was killed within this time could not always be stored. */
const killedWithinMs = 10_000

const fingerprint = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 16)

/** What the provider did with one connection's refresh tokens, from the first on. */
const follow = (requests: JournalEntry[]) => {
  const chain: { token: string; spentBy: JournalEntry | null }[] = []
  const spending = new Map(
    requests.flatMap((request) =>
      request.issued?.rotated && request.token ? [[request.token, request] as const] : [],
    ),
  )
  let token = requests.find(({ grant_type, committed }) => grant_type === 'authorization_code' && committed)?.issued
    ?.refresh_token
  while (token) {
    const spentBy = spending.get(token) ?? null
    chain.push({ token, spentBy })
    token = spentBy?.issued?.refresh_token
  }
  return chain
}

const isExcused = ({ at, delivered }: JournalEntry, killsAt: number[]) => {
  const sentAt = Date.parse(at)
  return delivered !== true || killsAt.some((killedAt) => killedAt >= sentAt && killedAt - sentAt < killedWithinMs)
}

/** Folds the provider's journal against what is stored, connection by connection. */
export const compareJournals = async (
  { q, tables: { connections, tokenSets, clients } }: Database,
  vault: Vault,
  journal: JournalEntry[],
  killsAt: number[],
): Promise<Verdict> => {
  const byClient = new Map<string | null, JournalEntry[]>()
  for (const entry of journal) {
    const known = byClient.get(entry.client_id)
    if (known) known.push(entry)
    else byClient.set(entry.client_id, [entry])
  }
  const rows = await q
    .select({ set: tokenSets, connection: connections, identifier: clients.identifier })
    .from(connections)
    .innerJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
    .innerJoin(clients, eq(clients.id, tokenSets.clientId))
  const verdict: Verdict = { connections: rows.length, refreshes: 0, namedLosses: 0, lost: [], wrong: [] }
  for (const { set, connection, identifier } of rows) {
    const requests = byClient.get(identifier) ?? []
    verdict.refreshes += requests.filter(({ grant_type }) => grant_type === 'refresh_token').length
    const at = { tenant: set.tenantId, row: set.id, generation: set.generation }
    const opened = await vault.open(set.sealedRefreshToken, { purpose: 'refresh_token', ...at })
    const chain = follow(requests)
    const position = chain.findIndex(({ token }) => token === fingerprint(opened ?? ''))
    const state = `${connection.state} ${connection.reason}`
    const about = `${connection.id} (${state}, version ${set.generation}, token ${position + 1} of ${chain.length})`
    const spentBy = chain[position]?.spentBy
    if (position + 1 !== set.generation) verdict.wrong.push(`${about}: the version does not count the refreshes`)
    else if (!spentBy && state !== 'connected null') verdict.wrong.push(`${about}: its pair is the provider's`)
    else if (spentBy && !isExcused(spentBy, killsAt)) verdict.lost.push(`${about}: the new pair had been delivered`)
    else if (spentBy && state !== 'reconnect_required lost_response') verdict.lost.push(`${about}: nothing says so`)
    else if (spentBy) verdict.namedLosses += 1
  }
  return verdict
}
