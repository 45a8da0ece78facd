import type { JournalEntry } from '../journal/journal-entry.ts'
import type { ConnectionRecord } from './connection-record.ts'

export interface Attempt {
  id: string
  at: Date
  event: JournalEntry['event']
  outcome: JournalEntry['outcome']
  detail: JournalEntry['detail']
}

const line = (name: string, value: string | number | Date | null | undefined) =>
  `${name}: ${value instanceof Date ? value.toISOString() : (value ?? '-')}`

const attemptLine = ({ id, at, event, outcome, detail }: Attempt) => {
  const facts = Object.entries(detail).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]))
  return [at.toISOString(), event, outcome, ...facts, `id=${id}`].join(' ')
}

/** « Copier le diagnostic »: what support needs to see, one fact a line, in the terms of the journal; no secret. */
export const diagnosticOf = (record: ConnectionRecord, redirectUri: string, attempts: readonly Attempt[]): string => {
  const { status, tokenSet, client } = record
  return [
    line('connection', record.id),
    line('provider', record.provider),
    line('enabled', String(record.enabled)),
    ...(record.restoredAt ? [line('restored_from', record.restoredAt)] : []),
    line('state', status.state),
    line('reason', status.reason),
    line('since', status.since),
    line('last_ok_at', status.lastSuccessAt),
    line('next_attempt_at', status.nextAttemptAt ?? tokenSet?.refreshDueAt),
    line('attempts', status.attempts),
    line('expires_at', tokenSet?.expiresAt),
    line('token_version', tokenSet?.version),
    // what is in use, and what the form holds, where that is another one
    line('client_id', (tokenSet?.client ?? client)?.identifier),
    ...(tokenSet?.client.shared ? [line('client', 'shared'), line('own_client_id', client?.identifier)] : []),
    line('target', record.target),
    line('account', tokenSet?.account?.id),
    line('redirect_uri', redirectUri),
    '',
    ...attempts.map(attemptLine),
  ].join('\n')
}
