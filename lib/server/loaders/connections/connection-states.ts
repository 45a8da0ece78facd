import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { Member } from '#lib/domain/accounts/user.ts'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import type { GrantKind, ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Wording } from '#lib/i18n/provider-messages.ts'
import { shownVersion } from './shown-version.ts'
import { viewOfV1 } from './v1-page.ts'

type Connection = NonNullable<ConnectionView['connection']>

/** How a connection stands, for a reader: no credential, no address, no id of an account, nothing to do. */
export interface ConnectionState {
  provider: ProviderId
  grant: GrantKind
  wording: Wording
  view: Pick<ConnectionView, 'headline' | 'tone' | 'authStatus' | 'lastSuccessAt' | 'restoredAt' | 'waitingCode'> & {
    connection: (Omit<Connection, 'account'> & { accountName: string | null }) | null
  }
  failure: FailureCode | null
  now: Date
}

const withoutAccount = ({ account, ...rest }: Connection) => ({ ...rest, accountName: account?.name ?? null })

/** What of a view a reader is sent. */
export const stateOf = (view: ConnectionView, provider: ProviderId, grant: GrantKind, now: Date): ConnectionState => {
  const { headline, tone, authStatus, lastSuccessAt, restoredAt, waitingCode, connection, problem } = view
  return {
    provider,
    grant,
    wording: (problem?.through ?? view.through) === 'shared' ? 'teamleader-shared' : provider,
    view: {
      ...{ headline, tone, authStatus, lastSuccessAt, restoredAt, waitingCode },
      connection: connection && withoutAccount(connection),
    },
    failure: problem?.code ?? null,
    now,
  }
}

/** Both sections of « Clé de sécurité », for whoever may look and not touch. */
export const readConnectionStates = async (member: Member): Promise<ConnectionState[]> => {
  const { getConnection, providers, clock } = await container()
  const [v2, v1, teo] = await Promise.all([
    getConnection.look(member, 'teamleader'),
    getConnection.look(member, 'teamleader-v1').then(viewOfV1),
    getConnection.look(member, 'teo'),
  ])
  const version = shownVersion({ view: v1, canFinish: false }, { view: v2, canFinish: false })
  const state = (view: ConnectionView, provider: ProviderId) =>
    stateOf(view, provider, providers[provider].grant, clock.now())
  return [version === 'V1' ? state(v1, 'teamleader-v1') : state(v2, 'teamleader'), state(teo, 'teo')]
}
