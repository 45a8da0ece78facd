import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { listenForClient, requestListener } from './client-listener.ts'
import { controlPlane } from './control/control.ts'
import { listenOnLoopback } from './listen.ts'
import { mailRoutes } from './mail/mail-routes.ts'
import { listenForMail } from './mail/smtp-listener.ts'
import { homePage } from './pages/home.ts'
import { showPage } from './pages/page.ts'
import { recordsPage } from './pages/records-page.ts'
import { style } from './pages/style.ts'
import { portal } from './portal/portal.ts'
import { createState, type State } from './state.ts'
import { api } from './teamleader/api/api.ts'
import type { Integration } from './teamleader/integration.ts'
import { authorizeEndpoint } from './teamleader/oauth/authorize.ts'
import { signInHost } from './teamleader/oauth/sign-in.ts'
import { tokenEndpoint } from './teamleader/oauth/token-endpoint.ts'
import { bookOf, swapBooks } from './teamleader/records/account-book.ts'
import { type AccountRecords, accountRecords } from './teamleader/records/account-records.ts'
import { marie, seededIntegrations, users } from './teamleader/seeds.ts'
import { webhookDeliveries } from './teamleader/webhooks/deliveries.ts'
import type { DossierTable } from './teo/dossier-table.ts'
import { teoDossiers } from './teo/dossiers-endpoint.ts'
import { instanceOf } from './teo/registry.ts'
import { teoTokenEndpoint } from './teo/token-endpoint.ts'
import { v1Endpoints } from './v1/endpoints.ts'

export type SandboxOptions = {
  port: number
  signInPort: number
  /** Where mail is taken for « Courrier »; without it none is. */
  mailPort?: number
  host?: '127.0.0.1' | 'localhost'
  integrations?: Integration[]
}
export type Sandbox = {
  url: string
  signInUrl: string
  /** Null without `mailPort`. */
  smtpUrl: string | null
  teamleader: {
    /** The records of an account, Marie's unless another is named, for a test in this process. */
    records(accountId?: string): AccountRecords
    /** From now on each account holds what the other had. */
    swapRecords(accountId: string, otherId: string): void
    /** Resolves when every webhook has told all that happened. */
    webhooksSettled(): Promise<void>
  }
  teo: { dossiers(teoId: string): DossierTable }
  /** One more address of the provider, for a client whose end is waited for. */
  listen(): Promise<{ url: string; drain(): Promise<void> }>
  stop(): Promise<void>
}

/** Starts the pretend Teamleader and téo, APIs and OAuth2 on one origin and a sign-in on another; `stop` cuts what is open. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, signInPort, mailPort, host = 'localhost' } = options
  const { integrations = seededIntegrations('http://localhost:3000') } = options
  const seed = (): State => createState(integrations, users, (book, event) => deliveries.announce(book, event))
  const state = seed()
  const deliveries = webhookDeliveries(state)
  const resetAll = (): void => void Object.assign(state, { ...seed(), origins: state.origins })
  const app = providerApp(state, resetAll)
  const open: Stoppable[] = []
  /** One that cannot listen leaves none listening. */
  const opened = async <T extends Stoppable>(listener: Promise<T>): Promise<T> => {
    const listening = await listener.catch(async (error) => {
      await stopAll(open)
      throw error
    })
    open.push(listening)
    return listening
  }
  const provider = await opened(listenOnLoopback(requestListener(app.fetch), port))
  const signIn = await opened(listenOnLoopback(requestListener(signInHost(state).fetch), signInPort))
  const mail = mailPort === undefined ? null : await opened(listenForMail(state, mailPort))
  state.origins = { url: `http://${host}:${provider.port}`, signInUrl: `http://${host}:${signIn.port}` }
  return {
    ...state.origins,
    smtpUrl: mail && `smtp://127.0.0.1:${mail.port}`,
    teamleader: {
      records: (accountId = marie.account.id) => accountRecords(bookOf(state, accountId)),
      swapRecords: (accountId, otherId) => swapBooks(state, accountId, otherId),
      webhooksSettled: deliveries.settled,
    },
    teo: { dossiers: (teoId) => instanceOf(state.teo, teoId) },
    listen: async () => {
      const client = await listenForClient(app)
      open.push(client)
      return { url: `http://${host}:${client.port}`, drain: client.drain }
    },
    stop: () => stopAll(open),
  }
}

type Stoppable = { stop(): Promise<void> }

const stopAll = async (open: Stoppable[]): Promise<void> => void (await Promise.all(open.map(({ stop }) => stop())))

function providerApp(state: State, resetAll: () => void): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const teamleader = [
    authorizeEndpoint(state),
    tokenEndpoint(state),
    api(state),
    v1Endpoints(state),
    portal(state),
    recordsPage(state),
  ]
  const teo = [teoTokenEndpoint(state), teoDossiers(state)]
  for (const part of [controlPlane(state, resetAll), ...teamleader, ...teo, mailRoutes(state)]) app.route('/', part)
  app.get('/', () => showPage(homePage(state), { scripts: true }))
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.notFound((c) => c.json({ errors: [{ title: 'Not Found', status: 404 }] }, 404))
  return app
}
