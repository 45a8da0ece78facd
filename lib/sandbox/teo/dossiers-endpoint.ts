import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Switches } from '../control/switches.ts'
import { takeSlot } from '../rate-window.ts'
import { answer, type SandboxContext } from '../respond.ts'
import { type State, spendTime, switchesFor } from '../state.ts'
import { paginateDossiers } from './dossier-pages.ts'
import { formatHydraRefusal, HydraRefusal, showLd } from './hydra-error.ts'
import { instanceOf, type TeoAccess, teoConnection } from './registry.ts'

const root = '/api/production/dossiers'

/** `GET …/dossiers` and `…/dossiers/{id}` of the instance that the token names. */
export function teoDossiers(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const read = (c: SandboxContext, show: (teoId: string, switches: Switches) => Response): Promise<Response> => {
    const header = c.req.header('authorization')
    const token = /^bearer (.+)$/i.exec(header ?? '')?.[1]
    const access = state.teo.accessTokens.get(token ?? '')
    const clientId = access?.clientId
    const connection = access && teoConnection(access.clientId, access.teoId)
    return answer(state, c, { endpoint: 'teo.dossiers', clientId, connection, token }, async () => {
      const switches = switchesFor(state, clientId)
      await spendTime(state, switches)
      try {
        const { teoId } = allow(state, access, header, token)
        if (isOver(state, connection, clientId)) throw new HydraRefusal(429, 'Limite de requêtes atteinte')
        requireLd(c.req.header('accept'))
        return show(teoId, switches)
      } catch (refusal) {
        if (refusal instanceof HydraRefusal) return formatHydraRefusal(refusal)
        throw refusal
      }
    })
  }
  app.get(root, (c) =>
    read(c, (teoId, switches) =>
      instanceOf(state.teo, teoId).read((dossiers) => {
        const { teo_hydra_prefix: prefixed, teo_next_host: nextHost } = switches
        const page = paginateDossiers(dossiers, c.req.query('page'), { path: root, prefixed, nextHost })
        return showLd('Dossier', page)
      }),
    ),
  )
  app.get(`${root}/:id`, (c) => read(c, (teoId) => showDossier(state, teoId, c.req.param('id'))))
  app.all(`${root}/*`, () => formatHydraRefusal(new HydraRefusal(405, 'Method Not Allowed (Allow: GET)')))
  return app
}

/** One's own is shown; another instance's is forbidden; what is nowhere is not found. */
function showDossier({ teo }: State, teoId: string, id: string): Response {
  const find = (owner: string) => teo.instances.get(owner)?.find(id)
  const found = find(teoId)
  if (found) return showLd('Dossier', { ...found.summary, ...found.detail })
  const isElsewhere = [...teo.instances.keys()].some((owner) => find(owner) !== undefined)
  throw isElsewhere ? new HydraRefusal(403, 'Access Denied.') : new HydraRefusal(404, 'Not Found')
}

function allow(
  state: State,
  access: TeoAccess | undefined,
  header: string | undefined,
  token: string | undefined,
): TeoAccess {
  if (header === undefined) throw new HydraRefusal(401, 'No authorization header found')
  if (!access && token?.split('.').length === 3) throw new HydraRefusal(401, 'Signature verification failed')
  if (!access || access.revoked) throw new HydraRefusal(401, 'Invalid token')
  if (state.clock.now() >= access.expiresAt) throw new HydraRefusal(401, 'Expired token')
  return access
}

function isOver(state: State, connection = '', clientId: string | undefined): boolean {
  const log = state.rateLog.get(connection) ?? []
  state.rateLog.set(connection, log)
  return takeSlot(log, switchesFor(state, clientId).teo_rate_limit, state.clock.now()).over
}

function requireLd(accept = '*/*'): void {
  const types = accept.split(',').map((type) => type.split(';')[0]?.trim().toLowerCase())
  if (types.includes('application/ld+json')) return
  const supported = 'Supported MIME types are "application/ld+json".'
  throw new HydraRefusal(406, `Requested format "${accept}" is not supported. ${supported}`)
}
