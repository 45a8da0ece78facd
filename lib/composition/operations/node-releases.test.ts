import { expect, it } from 'vitest'
import { nodeFault } from './node-releases.ts'

const day = new Date('2026-04-01T00:00:00Z')

it.each([
  ['24.14.1', null],
  ['24.14.0', { fault: 'vulnerable', patched: '24.14.1' }],
  ['24.21.0', null],
  ['22.14.0', { fault: 'vulnerable', patched: '22.22.2' }],
  ['22.22.2', null],
  ['23.11.0', { fault: 'ended' }],
  ['20.20.2', { fault: 'ended' }],
  ['25.8.2', null],
  ['26.0.0', null],
])('Node %s', (version, fault) => expect(nodeFault(version, day)).toEqual(fault))

it('a line that ended is named, however new the version', () => {
  expect(nodeFault('25.9.0', new Date('2026-06-02T00:00:00Z'))).toEqual({ fault: 'ended' })
})
