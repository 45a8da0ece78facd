import { expect, test } from 'vitest'
import { providerLink } from './provider-link.ts'

const sandbox = 'http://localhost:4010'

test.each([
  ['https://focus.teamleader.eu/contact_detail.php?id=1', true],
  ['https://teamleader.eu/x', true],
  ['http://localhost:4010/contact', true],
  ['http://focus.teamleader.eu/x', false],
  ['https://teamleader.eu.evil.example/x', false],
  ['https://evilteamleader.eu/x', false],
  ['https://focus.teamleader.eu:8443/x', false],
  ['https://someone@focus.teamleader.eu/x', false],
  ['http://localhost:4011/x', false],
  ['javascript:alert(1)', false],
  ['//focus.teamleader.eu/x', false],
  [null, false],
])('%o leads to the provider: %o', (address, trusted) => {
  expect(providerLink(address, sandbox) !== null).toBe(trusted)
})
