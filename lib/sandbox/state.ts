import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, createClock } from './clock.ts'
import type { Step } from './control/script.ts'
import { defaultSwitches, type Switches } from './control/switches.ts'
import { emptyMailbox, type Mailbox } from './mail/mailbox.ts'
import { type Listing, seededListings } from './portal/seeded-listings.ts'
import { createJournal, type Journal } from './request-journal.ts'
import { Random } from './teamleader/generator/random.ts'
import type { Integration, User } from './teamleader/integration.ts'
import { type AccountBook, type OnEvent, openBook } from './teamleader/records/account-book.ts'
import type { Webhook } from './teamleader/webhooks/webhook.ts'
import { openTeo, type TeoRegistry } from './teo/registry.ts'
import { seededV1Keys, type V1Keys } from './v1/keys.ts'

/** One consent of one user to one integration; everything minted from it dies with it. */
export type Grant = { client: Integration; user: User; connection: string; revoked: boolean }
/** `challenge`: of the verifier that the exchange must bring, where one was sent. */
export type Code = {
  grant: Grant
  redirectUri: string
  expiresAt: number
  used: boolean
  challenge: string | undefined
}
export type AccessToken = { grant: Grant; expiresAt: number; revoked: boolean }
export type RefreshToken = { grant: Grant; expiresAt: number; spentAt: number | null; accessToken: string }

/** All the pretend providers know, in memory. Scripts are keyed by connection, by client id, or `*`. */
export type State = {
  origins: { url: string; signInUrl: string }
  clock: Clock
  integrations: Map<string, Integration>
  listings: Map<string, Listing>
  users: User[]
  books: Map<string, AccountBook>
  /** Decides whatever the provider leaves to chance. */
  chance: Random
  webhooks: Webhook[]
  codes: Map<string, Code>
  accessTokens: Map<string, AccessToken>
  refreshTokens: Map<string, RefreshToken>
  teo: TeoRegistry
  v1Keys: Map<string, V1Keys>
  sessions: Map<string, User>
  tickets: Map<string, User>
  rateLog: Map<string, number[]>
  switches: Map<string, Partial<Switches>>
  scripts: Map<string, Step[]>
  journal: Journal
  mailbox: Mailbox
}

/** `announce` is told what happens to the records of an account. */
export function createState(integrations: Integration[], users: User[], announce: OnEvent): State {
  const clock = createClock()
  return {
    origins: { url: '', signInUrl: '' },
    clock,
    integrations: new Map(integrations.map((integration) => [integration.clientId, integration])),
    listings: seededListings(),
    users,
    books: new Map(users.map(({ account }) => [account.id, openBook(account, clock, announce)])),
    chance: new Random(1),
    webhooks: [],
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    teo: openTeo(clock),
    v1Keys: new Map(seededV1Keys.map((keys) => [keys.group, keys])),
    sessions: new Map(),
    tickets: new Map(),
    rateLog: new Map(),
    switches: new Map(),
    scripts: new Map(),
    journal: createJournal(),
    mailbox: emptyMailbox(),
  }
}

/** What holds for one client: its own switches over everybody's over the defaults. */
export const switchesFor = (state: State, clientId = '*'): Switches => ({
  ...defaultSwitches,
  ...state.switches.get('*'),
  ...state.switches.get(clientId),
})

/** A call takes its time: really, and by the sandbox's clock. */
export async function spendTime({ clock }: State, { latency_ms, clock_per_call_ms }: Switches): Promise<void> {
  clock.advance(clock_per_call_ms)
  if (latency_ms > 0) await sleep(latency_ms, undefined, { ref: false })
}
