import { Failure } from '../../lib/domain/failure.ts'
import { newKey } from '../harness/api-client.ts'
import { AppServer } from '../harness/app-server.ts'
import { type Customer, newCustomer } from '../harness/customer.ts'
import { actions } from '../matrix/actions.ts'
import { builtActions } from '../matrix/discovery.ts'
import { watchRows } from '../matrix/row-digests.ts'
import { type Attack, countEach, type Target } from './attack.ts'
import { type AttackRequest, cookieOf, post, send } from './client.ts'

const keyPage = '/administratif/cle-de-securite'

const emailOf = (cookie: string, { server }: Target, host?: string) =>
  send(server, { path: '/administratif/utilisateurs', headers: { cookie, ...(host && { host }) } })

/** What a browser sends from elsewhere, or somebody who means to look like it. */
const origins: Record<string, { origin: string | null; headers?: Record<string, string> }> = {
  'another site': { origin: 'https://evil.example' },
  'a sibling domain': { origin: 'http://evil.localhost' },
  'no Origin': { origin: null },
  'Origin null': { origin: 'null', headers: { 'sec-fetch-site': 'cross-site' } },
  'another site, X-Forwarded-Host to match': {
    origin: 'https://evil.example',
    headers: { 'x-forwarded-host': 'evil.example' },
  },
  'another site, Host to match': { origin: 'https://evil.example', headers: { host: 'evil.example' } },
}

/** These end or change the session of who calls them: tried like the others. */
const forged = (
  name: string,
  { origin, headers }: { origin: string | null; headers?: Record<string, string> },
): Attack => ({
  name: `every action with an admin’s cookie, from ${name}`,
  expected: 'nothing changes; the session lives on',
  run: async ({ server, a }) =>
    server.inDatabase(async (db) => {
      const cookie = await cookieOf(server, a)
      const changes = await watchRows(db, a.tenantId)
      const statuses: (string | number | null)[] = []
      for (const action of builtActions().keys()) {
        const { button } = actions[action] ?? {}
        const fields = {
          email: 'evil@evil.example',
          name: 'Eve',
          role: 'admin',
          locale: 'nl',
          enabled: '',
          clientId: 'a'.repeat(32),
          step: 'sign_in',
          provider: 'teamleader',
        }
        const { status, code } = await post(server, {
          page: keyPage,
          action,
          fields,
          button,
          origin,
          headers: { cookie, ...headers },
        })
        statuses.push(code ? `${status} ${code}` : status)
      }
      const changed = await changes()
      const alive = (await send(server, { path: keyPage, headers: { cookie } })).status === 200
      const seen = `${countEach(statuses)}; changed: ${changed.join(', ') || 'nothing'}${alive ? '' : '; signed out'}`
      return { ok: changed.length === 0 && alive, seen }
    }),
})

const authRoutes: Attack = {
  name: 'next-auth’s own routes, posted from another site',
  expected: '403',
  run: async ({ server, a }) => {
    const cookie = await cookieOf(server, a)
    const paths = ['signout', 'signin/credentials', 'callback/credentials', '_log', 'signin/oidc']
    const requests: AttackRequest[] = paths.map((path) => ({
      ...{ method: 'POST', path: `/api/auth/${path}`, body: 'csrfToken=x' },
      headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
    }))
    const statuses = await Promise.all(requests.map(async (one) => (await send(server, one)).status))
    return { ok: statuses.every((status) => status === 403), seen: countEach(statuses) }
  },
}

const planted: Attack = {
  name: 'a session cookie planted by a sibling domain beside a person’s own, in clear and behind TLS',
  expected: 'the person stays who they are; behind TLS an unprefixed one is nobody',
  run: async (target) => {
    const { server, a, b } = target
    const [own, foreign] = [await cookieOf(server, a), await cookieOf(server, b)]
    const theirs = foreign.split('=').slice(1).join('=')
    const beside = await emailOf(`${own}; next-auth.session-token=${theirs}`, target)
    const secure = await AppServer.open({ PUBLIC_URL: 'https://localhost' })
    try {
      const customer = await newCustomer(secure)
      const [name = '', ...value] = (await cookieOf(secure, customer)).split('=')
      const bare = name.replace('__Host-', '')
      const ask = (cookie: string) => send(secure, { path: keyPage, headers: { cookie } })
      const [prefixed, unprefixed] = [await ask(`${name}=${value.join('=')}`), await ask(`${bare}=${value.join('=')}`)]
      const kept = beside.text.includes(a.email) && !beside.text.includes(b.email)
      const ok = kept && name.startsWith('__Host-') && prefixed.status === 200 && unprefixed.status === 307
      return {
        ok,
        seen: `${kept ? 'the person' : 'somebody else'}; ${name} ${prefixed.status}, ${bare} ${unprefixed.status}`,
      }
    } finally {
      await secure.close()
    }
  },
}

const formulas = [
  '=HYPERLINK("https://evil.example")',
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  'a;=1+1',
  'a,=1+1',
  '＝1+1',
  'a\r=1',
]

/** A cell of a file with any separator that a spreadsheet may take. */
const cellsOf = (csv: string) =>
  csv
    .replace(/^\uFEFF/, '')
    .split(/[;,\t\r\n]/)
    .map((cell) => cell.replace(/^[\s"]+/, ''))

/** Somebody of the tenant who chose this as a name, and signed in; a name with a line break is refused. */
const nameSomebody = (server: AppServer, { tenantId, password }: Customer, name: string, at: number) =>
  server.compose(async ({ createAccounts, acceptInvitation }) => {
    const invited = { email: `f${at}-${tenantId}@atelier.example`, role: 'reader', tenantId, password: null } as const
    const { token } = await createAccounts.addUser(invited, { kind: 'operator' })
    await acceptInvitation.enter({ token: token ?? '', name, password }).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error
    })
  })

const csv: Attack = {
  name: 'formulas as names of people, then the journal’s export',
  expected: 'the names are in it, and no cell begins a formula',
  run: async ({ server, a }) => {
    for (const [at, name] of formulas.entries()) await nameSomebody(server, a, name, at)
    const cookie = await cookieOf(server, a)
    const { status, text } = await send(server, { path: '/administratif/journal/export', headers: { cookie } })
    const cells = cellsOf(text)
    const begun = cells.filter((cell) => /^[=+@＝＋＠]/.test(cell) || /^-(?!\d+$)./.test(cell)).length
    const named = cells.filter((cell) => /^'.*(HYPERLINK|SUM|1\+1|2\+3)/.test(cell)).length
    return { ok: status === 200 && begun === 0 && named > 3, seen: `${named} cells hold one, ${begun} begin one` }
  },
}

const foreignIds: Attack = {
  name: 'another tenant’s ids in addresses, forms and API requests',
  expected: '404 or refused; nothing of it changes or is shown',
  run: async ({ server, a, b }) =>
    server.inDatabase(async (db) => {
      const cookie = await cookieOf(server, a)
      const headers = { cookie }
      const changes = await watchRows(db, b.tenantId)
      const victim = (await server.compose(({ store }) => store.accounts.findSignIn(b.email)))?.user.id ?? ''
      const manage = { page: '/administratif/utilisateurs', action: 'lib/server/actions/users.ts#manageUser' }
      const texts = [
        await send(server, { path: `/support/${b.tenantId}`, headers }),
        await send(server, { path: `/administratif/journal?show=${b.tenantId}`, headers }),
        await post(server, {
          ...manage,
          headers,
          fields: { userId: victim, operation: 'deactivate', seenRole: 'admin', seenState: 'active' },
        }),
        await post(server, {
          page: '/administratif/utilisateurs',
          action: 'lib/server/actions/support.ts#assist',
          headers,
          fields: { tenantId: b.tenantId, provider: 'teamleader', operation: 'pause', revision: '0' },
        }),
        ...(await askAsOther(server, a, b)),
      ]
      const changed = await changes()
      const shown = texts.filter(({ text }) => text.includes(b.email)).length
      const seen = `${countEach(texts.map(({ status }) => status))}; ${shown} show it; changed: ${changed.join(', ') || 'nothing'}`
      return { ok: changed.length === 0 && shown === 0, seen }
    }),
}

const askAsOther = async (server: AppServer, a: Customer, b: Customer) => {
  const authorization = `Bearer ${await newKey(server, a.tenantId)}`
  const ask = { to: 'api', method: 'POST', path: '/api/v1/connections/teamleader/token' } as const
  return Promise.all([
    send(server, { ...ask, headers: { authorization, 'porte-cles-tenant': b.tenantId } }),
    send(server, { ...ask, headers: { authorization: `${authorization.slice(0, -1)}A` } }),
  ])
}

export const crossSite: Attack[] = [
  ...Object.entries(origins).map(([name, sent]) => forged(name, sent)),
  authRoutes,
  planted,
  csv,
  foreignIds,
]
