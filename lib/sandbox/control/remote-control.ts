import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { JournalEntry } from '../request-journal.ts'
import type { Integration } from '../teamleader/integration.ts'
import { testoProSync } from '../teamleader/seeds.ts'
import type { Reach } from './provider-changes.ts'
import type { RecordCounts, RecordsRequest } from './record-changes.ts'
import type { Step } from './script.ts'
import type { Switches } from './switches.ts'

export type DirectConsent = {
  clientId: string
  redirectUri: string
  user: string
  state?: string
  codeChallenge?: string
}
export type JournalReport = {
  requests: JournalEntry[]
  token_requests_in_flight: number
  max_token_requests_in_flight: number
  live_refresh_tokens: { connection: string; token: string }[]
  webhooks: { client_id: string; account: string; url: string; types: string[]; delivered: number; failed: number }[]
}

export type TeoEnrolment = { clientId: string; clientSecret: string; teoId: string }
export type V1Pair = { group: string; secret: string }

/** The control plane of a sandbox, for tests in this or any other process. See README.md. */
export type RemoteControl = {
  /** Registers an integration of the caller's own, so that tests side by side stay out of each other's way. */
  integrate(fields?: Partial<Integration>): Promise<Integration>
  /** A téo client of the caller's own, on an instance of its own unless `teoId` names a known one. */
  enrol(fields?: Partial<TeoEnrolment>): Promise<TeoEnrolment>
  /** Keys of the caller's own for V1. */
  issueV1Keys(fields?: Partial<V1Pair>): Promise<V1Pair>
  script(reach: Reach, steps: Step[]): Promise<void>
  /** Drops the steps that still wait. */
  clear(reach: Reach): Promise<void>
  turn(reach: Reach, switches: Partial<Switches>): Promise<void>
  /** Changes the records of an account, Marie's unless another is named. @returns how many there are afterwards */
  records(request: RecordsRequest): Promise<RecordCounts>
  authorize(consent: DirectConsent): Promise<{ code: string; location: string }>
  journal(clientId?: string): Promise<JournalReport>
  reset(clientId?: string): Promise<void>
}

/** @throws Error with the sandbox's words when it does not understand the request. */
export function remoteControl(url: string): RemoteControl {
  const post = async <T>(path: string, body: object): Promise<T> => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  const within = ({ clientId, connection }: Reach): object => ({ client_id: clientId, connection })
  return {
    integrate: async (fields = {}) => {
      const integration = { ...freshIntegration(), ...fields }
      await post('/__control', { integration: integrationJson(integration) })
      return integration
    },
    enrol: async (fields = {}) => {
      const enrolment = { ...freshEnrolment(), ...fields }
      const { clientId: client_id, clientSecret: client_secret, teoId: teo_id } = enrolment
      await post('/__control', { teo: { client_id, client_secret, teo_id } })
      return enrolment
    },
    issueV1Keys: async (fields = {}) => {
      const v1 = { group: String(randomInt(100_000, 1_000_000)), secret: randomBytes(20).toString('hex'), ...fields }
      await post('/__control', { v1 })
      return v1
    },
    script: async (reach, script) => void (await post('/__control', { ...within(reach), script })),
    clear: async (reach) => void (await post('/__control', { ...within(reach), clear: true })),
    turn: async (reach, switches) => void (await post('/__control', { ...within(reach), switches })),
    records: async (records) => (await post<{ records: RecordCounts }>('/__control', { records })).records,
    authorize: ({ clientId: client_id, redirectUri: redirect_uri, user, state, codeChallenge: code_challenge }) =>
      post('/__control', { authorize: { client_id, redirect_uri, user, state, code_challenge } }),
    journal: async (clientId) => {
      const query = clientId === undefined ? '' : `?${new URLSearchParams({ client_id: clientId })}`
      return (await (await fetch(`${url}/__journal${query}`)).json()) as JournalReport
    },
    reset: async (clientId) => void (await post('/__reset', { client_id: clientId })),
  }
}

const freshIntegration = (): Integration => ({
  name: testoProSync.name,
  clientId: randomBytes(16).toString('hex'),
  clientSecret: randomBytes(16).toString('hex'),
  redirectUris: ['http://localhost:3000/oauth/callback'],
  scopes: testoProSync.scopes,
})

const freshEnrolment = (): TeoEnrolment => ({
  clientId: randomUUID(),
  clientSecret: `~${randomBytes(24).toString('base64')}-`,
  teoId: randomUUID(),
})

const integrationJson = ({ name, clientId, clientSecret, redirectUris, scopes }: Integration): object => ({
  name,
  client_id: clientId,
  client_secret: clientSecret,
  redirect_uris: redirectUris,
  scopes,
})
