import { describe, expect, it } from 'vitest'
import type { ListStatus } from '../sync-run.ts'
import { noTally } from '../tally.ts'
import { type Access, foremost, freshnessOf, headlineOf, headlineTones, isUnderWay } from './list-view.ts'

const at = (minutes: number) => new Date(1_800_000_000_000 + minutes * 60_000)

const status = (more: Partial<ListStatus> = {}): ListStatus => ({
  ...{ list: 'contacts', records: 250, phase: null, tally: noTally, startedAt: null, requested: false, progress: null },
  ...{ completeAt: at(0), provenAt: at(0), dueAt: at(5), failure: null, hidden: [], attempts: 0 },
  ...{ stopped: null, held: null, lastChange: null, ...more },
})

const of = (more: Partial<ListStatus>, access: Access = 'works') => headlineOf(status(more), access)

describe('what a list is said to be', () => {
  it.each([
    ['up_to_date', {}],
    ['first', { completeAt: null }],
    ['first', { completeAt: null, phase: 'first' }],
    ['requested', { requested: true }],
    ['running', { requested: true, startedAt: at(1), phase: 'incremental' }],
    ['rereading', { phase: 'first', startedAt: at(1) }],
    ['checking', { phase: 'check', progress: { done: 1, total: 250 } }],
    // a pass that nobody waits for
    ['up_to_date', { phase: 'check' }],
    ['throttled', { failure: 'provider_throttled' }],
    ['retrying', { failure: 'provider_unavailable', completeAt: null }],
    ['forbidden', { failure: 'read_forbidden' }],
    ['forbidden', { failure: 'filter_ignored' }],
    ['held', { held: { at: at(1), count: 60, names: [] }, failure: 'read_failed' }],
    ['stopped', { stopped: { at: at(1), by: null }, requested: true }],
  ] as const)('%s', (headline, more) => {
    expect(of(more as Partial<ListStatus>)).toBe(headline)
  })

  it('is what its connection waits for, before anything else', () => {
    expect(of({ stopped: { at: at(1), by: null } }, 'reconnect_required')).toBe('reconnect_required')
    expect(of({ failure: 'provider_unavailable' }, 'paused')).toBe('paused')
    expect(of({}, 'disconnected')).toBe('disconnected')
  })

  it('is red only where a person must act, and amber where it is tried again', () => {
    const red = Object.entries(headlineTones).filter(([, tone]) => tone === 'bad')
    expect(red.map(([headline]) => headline)).toEqual(['reconnect_required', 'misconfigured', 'forbidden'])
    expect([headlineTones.throttled, headlineTones.retrying]).toEqual(['warn', 'warn'])
  })

  it('of several is what matters most', () => {
    expect(foremost(['up_to_date', 'running', 'forbidden'])).toBe('forbidden')
    expect(foremost(['up_to_date', 'retrying'])).toBe('retrying')
    expect(foremost([])).toBe('up_to_date')
    expect(isUnderWay('rereading')).toBe(true)
    expect(isUnderWay('retrying')).toBe(false)
  })
})

describe('of when several copies are', () => {
  it('is the oldest of them, and unknown while one is', () => {
    const lists = [
      { completeAt: at(5), provenAt: at(1) },
      { completeAt: at(3), provenAt: null },
    ]
    expect(freshnessOf(lists)).toEqual({ completeAt: at(3), provenAt: null })
    expect(freshnessOf([])).toEqual({ completeAt: null, provenAt: null })
  })
})
