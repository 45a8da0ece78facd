import type { Endpoint } from './control/script.ts'

/** One request as its provider saw it; secrets appear as fingerprints only. `delivered` is null while it is under way. */
export type JournalEntry = {
  at: string
  method: string
  path: string
  host: string | null
  endpoint: Endpoint
  client_id: string | null
  connection: string | null
  grant_type: string | null
  token: string | null
  committed: boolean
  issued: { access_token: string; refresh_token: string | null; rotated: boolean } | null
  error: string | null
  scripted: string[]
  status: number | null
  delivered: boolean | null
}

export type InFlight = { now: number; max: number }

/** `inFlight` counts open token requests by client id. */
export type Journal = { entries: JournalEntry[]; inFlight: Map<string, InFlight> }

export const createJournal = (): Journal => ({ entries: [], inFlight: new Map() })

/** @returns the function to call when the client of this token request has its answer, or has gone. */
export function countInFlight({ inFlight }: Journal, clientId: string): () => void {
  const count = inFlight.get(clientId) ?? { now: 0, max: 0 }
  inFlight.set(clientId, count)
  count.now += 1
  count.max = Math.max(count.max, count.now)
  return () => {
    count.now -= 1
  }
}
