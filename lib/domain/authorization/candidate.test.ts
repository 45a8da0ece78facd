import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Identity } from '../connections/account.ts'
import { type CandidateDecision, type CandidateInput, decideCandidate } from './candidate.ts'

const account = (id: string) => ({ id, name: 'Marie Delvaux', email: 'marie@example.org' })
const read = (id: string): Identity => ({ kind: 'read', account: account(id) })
const passing: Identity = { kind: 'passing' }
const refused: Identity = { kind: 'refused' }
const known = { accountId: 'A' }
const unknown = { accountId: null }

const promote = (as: 'identified' | 'unidentified' | 'unknown_account'): CandidateDecision => ({ kind: 'promote', as })
const ask = (question: 'first' | 'replace'): CandidateDecision => ({ kind: 'ask', question })
const wait = (maySkip: boolean, final: boolean): CandidateDecision => ({ kind: 'wait', maySkip, final })

describe('a candidate from a known state', () => {
  it.each<[string, Identity, CandidateInput['current'], CandidateDecision]>([
    ['first, read', read('A'), null, promote('identified')],
    ['first, not read yet', passing, null, promote('unidentified')],
    ['first, refused for good', refused, null, promote('unknown_account')],
    ['again, same account', read('A'), known, promote('identified')],
    ['again, another account', read('B'), known, ask('replace')],
    ['again, while the connected account is unknown', read('A'), unknown, ask('replace')],
    ['again, not read yet', passing, known, wait(true, false)],
    ['again, refused for good', refused, known, wait(true, true)],
  ])('%s', (_, identity, current, decision) => {
    expect(decideCandidate({ knownState: true, identity, current })).toEqual(decision)
  })
})

describe('a candidate from anywhere else', () => {
  it.each<[string, Identity, CandidateInput['current'], CandidateDecision]>([
    ['first, read', read('A'), null, ask('first')],
    ['again, same account', read('A'), known, ask('first')],
    ['again, another account', read('B'), known, ask('replace')],
    ['first, not read yet', passing, null, wait(false, false)],
    ['first, refused for good', refused, null, wait(false, true)],
  ])('%s', (_, identity, current, decision) => {
    expect(decideCandidate({ knownState: false, identity, current })).toEqual(decision)
  })

  it('is never promoted unasked', () => {
    const identity = fc.constantFrom(read('A'), read('B'), passing, refused)
    const current = fc.constantFrom(null, known, unknown)
    fc.assert(
      fc.property(identity, current, (i, c) => {
        expect(decideCandidate({ knownState: false, identity: i, current: c }).kind).not.toBe('promote')
      }),
    )
  })
})

it('a candidate whose token is refused is forgotten', () => {
  expect(decideCandidate({ knownState: true, identity: { kind: 'token_refused' }, current: null })).toEqual({
    kind: 'forget',
  })
})
