import { offerAnother, startAuthorizationAhead } from '../harness/connection.ts'
import { askForCode, enter, keyPage } from '../harness/customer.ts'
import { asAdmin, asReader, connected, type Prepare, refreshed, type Stage } from './stage.ts'

/** A return that has no state, then `path`. */
const callback =
  (query: (stage: Stage) => Promise<string>): Prepare =>
  async (stage) => {
    await startAuthorizationAhead(stage.server, stage.customer)
    await enter(stage.page, stage.server, stage.customer)
    await stage.page.goto(`${stage.server.url}/oauth/callback?${await query(stage)}`)
    return { path: keyPage, reader: stage.customer.email }
  }

/** « Clé de sécurité » in its states. */
export const keyPages: Record<string, Prepare> = {
  '« Clé de sécurité », empty': asAdmin(keyPage),
  '« Clé de sécurité », saved': asAdmin(keyPage, ({ server, customer }) => startAuthorizationAhead(server, customer)),
  '« Clé de sécurité », connected': asAdmin(keyPage, connected),
  '« Clé de sécurité », asking about another account': asAdmin(keyPage, async (stage) => {
    await connected(stage)
    await offerAnother(stage.server, stage.customer)
  }),
  '« Clé de sécurité », to be reconnected': asAdmin(keyPage, refreshed({ revoke: true })),
  '« Clé de sécurité », degraded': asAdmin(keyPage, refreshed({ status: 503 })),
  '« Clé de sécurité », misconfigured': asAdmin(
    keyPage,
    refreshed({ status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } }),
  ),
  '« Clé de sécurité », with a code that waits': callback(async ({ server, customer }) =>
    new URLSearchParams({ code: (await askForCode(server, customer)).code }).toString(),
  ),
  '« Clé de sécurité », refused': callback(async () => 'error=access_denied'),
  'a departure that was lost': asAdmin('/oauth/depart'),
  '« Clé de sécurité », as a reader sees it': asReader(keyPage, connected),
  '« Clé de sécurité », broken, as a reader sees it': asReader(keyPage, refreshed({ revoke: true })),
}
