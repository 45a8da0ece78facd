import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { clientSecretContext, endOfSecret } from '#lib/domain/connections/client-credentials.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { transition } from '#lib/domain/connections/connection-status.ts'
import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import { checkSettings, type Problem, type TypedSettings, type Warning } from '#lib/domain/connections/settings.ts'
import { Failure } from '#lib/domain/failure.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { SealedClient } from '#lib/ports/authorization.ts'
import type { Deps } from '#lib/ports/deps.ts'

export interface SavedSettings {
  problems: Problem[]
  warnings: Warning[]
  record: ConnectionRecord | null
  /** False when all of it was stored already. */
  changed: boolean
}

/** Stores what the form says about a provider; a secret replaces the one of the same Client ID at once. */
export const saveSettings = ({ store, providers, vault, clock, random }: Deps) => {
  const sealSecret = async (secret: string, tenant: string, row: string, version: number) => ({
    sealed: await vault.seal(secret, clientSecretContext(tenant, { id: row, secretVersion: version })),
    version,
    last4: endOfSecret(secret),
  })

  /** True when the stored settings already are the typed ones, as after a double click. */
  const alreadySaved = async (record: ConnectionRecord, client: SealedClient | null, typed: TypedSettings) => {
    if (!client || record.client?.id !== client.id) return false
    if (typed.enabled !== null && record.enabled !== typed.enabled) return false
    if ((record.target ?? '') !== (typed.target ?? '').trim()) return false
    const secret = typed.clientSecret.trim()
    if (secret === '') return true
    return secret === (await vault.open(client.sealedSecret, clientSecretContext(record.tenantId, client)))
  }

  /** When the provider that replaces this one worked already, this one is not in use any more. */
  const findSuccess = async (tenantId: TenantId, provider: ProviderId): Promise<Date | null> => {
    const successor = providerIds.find((id) => providers[id].supersedes === provider)
    const record = successor ? await store.authorizations.find(tenantId, successor) : null
    return record?.tokenSet ? (record.status.lastSuccessAt ?? null) : null
  }

  /** @throws Failure `edited_elsewhere` when somebody saved something else since the form was read. */
  const save = async (admin: Admin, provider: ProviderId, typed: TypedSettings): Promise<SavedSettings> => {
    const { tenantId } = admin
    const client = await store.authorizations.findClient(tenantId, provider, typed.clientId.trim())
    const api = providers[provider]
    const checked = checkSettings(api.settings, typed, client !== null)
    const { identifier, secret, target, problems, warnings } = checked
    if (problems.length > 0) return { problems, warnings, record: null, changed: false }
    const now = clock.now()
    const record = await store.authorizations.ensure(tenantId, provider, random.uuid(), now)
    if (await alreadySaved(record, client, typed)) return { problems, warnings, record: record, changed: false }
    const enabled = typed.enabled ?? record.enabled
    const row = client?.id ?? random.uuid()
    const sealed = secret === '' ? null : await sealSecret(secret, tenantId, row, (client?.secretVersion ?? 0) + 1)
    const saved = await store.authorizations.saveSettings({
      connectionId: record.id,
      tenantId,
      revision: typed.revision,
      enabled,
      userId: admin.id,
      provider,
      target,
      supersededAt: record.supersededAt ?? (await findSuccess(tenantId, provider)),
      resumes: api.grant !== 'keys' && api.refreshPolicy.ahead,
      client: { id: row, identifier, secret: sealed },
      statusChange: { from: record.status, to: transition(record.status, { kind: 'credentials_saved' }, now) },
      now,
      entry: journalEntry({
        at: now,
        tenantId,
        connectionId: record.id,
        actor: actorOf(admin),
        event: 'settings.saved',
        detail: {
          enabled,
          provider,
          clientIdChanged: record.client?.identifier !== identifier,
          ...(target !== null && { targetChanged: record.target !== target }),
          secretChanged: secret !== '',
        },
      }),
    })
    const stored = await store.authorizations.find(tenantId, provider)
    if (saved || !stored) return { problems, warnings, record: stored, changed: saved }
    const newest = await store.authorizations.findClient(tenantId, provider, identifier)
    if (!(await alreadySaved(stored, newest, typed))) throw new Failure('edited_elsewhere')
    return { problems, warnings, record: stored, changed: false }
  }

  return save
}
