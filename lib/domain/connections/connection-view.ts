import { candidateLifeMs } from '../authorization/candidate.ts'
import { authorizationLifeMs, codeLifeMs, exchangeLimitMs } from '../authorization/pending-authorization.ts'
import { dayMs } from '../duration.ts'
import type { FailureCode } from '../failure-codes.ts'
import type { Account } from './account.ts'
import { authSuccess } from './auth-status.ts'
import type { ConnectionRecord } from './connection-record.ts'
import { type ConnectionTest, testProblem } from './connection-test.ts'

export type Headline =
  | 'unconfigured'
  | 'awaiting_authorization'
  | 'code_received'
  | 'refused'
  | 'question'
  | 'unverified'
  | 'connected'
  | 'degraded'
  | 'reconnect_required'
  | 'misconfigured'
  | 'paused'
  | 'restored'

/** Through whose client a tenant is authorized: its own, or the operator's. */
export type Through = 'own' | 'shared'

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad'

export interface CandidateView {
  id: string
  /** `identity`: the account could not be read yet or ever. */
  question: 'first' | 'replace' | 'identity'
  account: Account | null
  /** « Connecter sans vérifier le compte » is offered. */
  maySkip: boolean
  forgottenAt: Date
}

/** What « Clé de sécurité » shows of one connection; holds no secret. */
export interface ConnectionView {
  headline: Headline
  tone: Tone
  /** The one thing to repair, if any, and whose client it is met through. */
  problem: { code: FailureCode; at: Date | null; through: Through } | null
  revision: number
  enabled: boolean
  paused: { at: Date; by: string | null } | null
  /** The instant of the backup it came from, until somebody decides. */
  restoredAt: Date | null
  /** Whether anything was begun: saved, or asked for. */
  begun: boolean
  /** Through whose client the connection in use was made; null without one. */
  through: Through | null
  /** The tenant's own; empty while it has none. */
  clientId: string
  /** Empty where the provider has no parts. */
  target: string
  supersededAt: Date | null
  secret: { last4: string; setAt: Date } | null
  authStatus: { text: string; at: Date } | null
  /** Null before a first connection; account null while unknown. */
  connection: {
    account: Account | null
    connectedAt: Date | null
    connectedBy: string | null
    expiresAt: Date
    lifetimeMs: number
    /** The provider refused the access token before its end. */
    accessRefused: boolean
    /** The next refresh, or the next attempt after a failure; null when none is tried. */
    nextRefreshAt: Date | null
    /** Failed attempts in a row. */
    attempts: number
    since: Date
  } | null
  lastSuccessAt: Date | null
  lastTest: ConnectionTest | null
  candidate: CandidateView | null
  /** A code that came without a state and waits for the admin's consent. */
  waitingCode: { arrivedAt: Date; expiresAt: Date } | null
}

export interface ViewInput {
  /** The code that waits in this browser's cookie. */
  waitingCode: { arrivedAt: Date } | null
  /** The flash message that the last return from the consent page left in this browser. */
  notice: { code: FailureCode; at: Date } | null
  now: Date
}

const tones: Record<Headline, Tone> = {
  unconfigured: 'neutral',
  awaiting_authorization: 'neutral',
  code_received: 'neutral',
  refused: 'bad',
  question: 'neutral',
  unverified: 'warn',
  connected: 'ok',
  degraded: 'warn',
  reconnect_required: 'bad',
  misconfigured: 'bad',
  paused: 'neutral',
  restored: 'warn',
}

const candidateView = ({ candidate, tokenSet }: ConnectionRecord): CandidateView | null => {
  if (!candidate) return null
  const other = tokenSet !== null && tokenSet.account?.id !== candidate.account?.id
  return {
    id: candidate.id,
    question: candidate.identity !== 'read' ? 'identity' : other ? 'replace' : 'first',
    account: candidate.account,
    maySkip: candidate.identity !== 'read' && candidate.knownState,
    forgottenAt: new Date(candidate.createdAt.getTime() + candidateLifeMs),
  }
}

/** These report progress; nothing was refused. */
const passing = new Set<FailureCode>(['exchange_done', 'exchange_under_way', 'never_returned'])

const identityProblem = (record: ConnectionRecord): FailureCode | null => {
  const { candidate } = record
  if (!candidate || candidate.identity === 'read') return null
  if (!candidate.knownState) return candidate.identity === 'refused' ? 'identity_unprovable' : 'identity_unknown'
  return candidate.identity === 'refused' ? 'identity_refused' : 'identity_unverified'
}

/** An authorization that never returned is shown for a day. */
const neverReturnedShownMs = dayMs

type Trouble = Pick<NonNullable<ConnectionView['problem']>, 'code' | 'at'>

const unfinished = ({ newest }: ConnectionRecord, now: Date): Trouble | null => {
  if (newest?.step === 'pending') {
    const shown = now.getTime() - newest.createdAt.getTime() < neverReturnedShownMs
    return shown ? { code: 'never_returned', at: newest.createdAt } : null
  }
  if (newest?.step !== 'exchanging') return null
  const dead = now.getTime() - newest.steppedAt.getTime() > exchangeLimitMs
  return { code: dead ? 'exchange_interrupted' : 'exchange_under_way', at: newest.steppedAt }
}

/** A refresh that fails for a passing reason has another message than an exchange: nobody has to act. */
const delays = new Set<FailureCode>(['provider_unavailable', 'provider_throttled'])

const statusProblem = ({ state, reason, since }: ConnectionRecord['status']): Trouble | null => {
  if (!reason || state === 'connected') return null
  return { code: state === 'degraded' && delays.has(reason) ? 'renewal_delayed' : reason, at: since }
}

/** Anybody can send a link that returns with an error: beside what works it counts only soon after somebody left. */
const isHeeded = ({ status, newest }: ConnectionRecord, notice: NonNullable<ViewInput['notice']>): boolean => {
  if (status.state !== 'connected' && status.state !== 'degraded') return true
  return newest !== null && notice.at.getTime() - newest.createdAt.getTime() < authorizationLifeMs
}

/** Tokens that were given up since are no success any more. */
const authStatusOf = ({ authStatus, status, candidate }: ConnectionRecord): ConnectionView['authStatus'] =>
  status.state === 'awaiting_authorization' && candidate === null && authStatus?.text === authSuccess
    ? null
    : authStatus

const throughOf = (shared: boolean): Through => (shared ? 'shared' : 'own')

/** What the last authorization met. */
const attemptProblem = (record: ConnectionRecord, { notice: left, now }: ViewInput): Trouble | null => {
  const { authorizationFailure: failed, status } = record
  const notice = left && isHeeded(record, left) ? left : null
  const newest = failed && (!notice || failed.at > notice.at) ? failed : notice
  if (newest) return newest
  const begun = unfinished(record, now)
  // having left and turned back does not hide what is broken
  const broken = status.state === 'misconfigured' || status.state === 'reconnect_required'
  return begun && !(broken && begun.code === 'never_returned') ? begun : null
}

const problemOf = (record: ConnectionRecord, input: ViewInput): ConnectionView['problem'] => {
  const { candidate, tokenSet, newest, status } = record
  const waiting = identityProblem(record)
  if (waiting)
    return { code: waiting, at: candidate?.createdAt ?? null, through: throughOf(candidate?.client.shared ?? false) }
  if (candidate) return null
  const inUse = tokenSet?.client.shared ?? newest?.shared ?? false
  const met = attemptProblem(record, input)
  if (met) return { ...met, through: throughOf(newest?.shared ?? inUse) }
  // its state and its tests are of then
  const lasting = record.restoredAt ? null : (statusProblem(status) ?? testProblem(record.lastTest))
  return lasting && { ...lasting, through: throughOf(inUse) }
}

const headlineOf = (record: ConnectionRecord, view: Pick<ConnectionView, 'problem' | 'candidate' | 'waitingCode'>) => {
  const { status, enabled } = record
  if (view.candidate) return view.candidate.question === 'identity' ? 'unverified' : 'question'
  if (view.waitingCode) return 'code_received'
  if (!enabled && status.state !== 'unconfigured') return 'paused'
  if (record.restoredAt) return 'restored'
  const failed = view.problem !== null && !passing.has(view.problem.code)
  if (status.state === 'awaiting_authorization' || status.state === 'unconfigured')
    return failed ? 'refused' : status.state
  return status.state
}

/** The page's view of a record: a pure reading, so that every state can be tested as a table. */
export const viewConnection = (record: ConnectionRecord, input: ViewInput): ConnectionView => {
  const { tokenSet, status } = record
  const arrivedAt = input.waitingCode?.arrivedAt
  const parts = {
    problem: problemOf(record, input),
    candidate: candidateView(record),
    waitingCode: arrivedAt ? { arrivedAt, expiresAt: new Date(arrivedAt.getTime() + codeLifeMs) } : null,
  }
  const headline = headlineOf(record, parts)
  return {
    ...parts,
    headline,
    tone: tones[headline],
    revision: record.revision,
    enabled: record.enabled,
    paused: record.paused,
    restoredAt: record.restoredAt,
    begun: status.state !== 'unconfigured',
    through: tokenSet && throughOf(tokenSet.client.shared),
    clientId: record.client?.identifier ?? '',
    target: record.target ?? '',
    supersededAt: record.supersededAt,
    secret: record.client && { last4: record.client.secretLast4, setAt: record.client.secretSetAt },
    authStatus: authStatusOf(record),
    connection: tokenSet && {
      account: tokenSet.account,
      connectedAt: record.connected?.at ?? null,
      connectedBy: record.connected?.by ?? null,
      expiresAt: tokenSet.expiresAt,
      lifetimeMs: tokenSet.lifetimeMs,
      accessRefused: tokenSet.accessRefused,
      nextRefreshAt: record.enabled && !record.restoredAt ? (status.nextAttemptAt ?? tokenSet.refreshDueAt) : null,
      attempts: status.attempts,
      since: status.since,
    },
    lastSuccessAt: status.lastSuccessAt,
    lastTest: record.lastTest,
  }
}
