import { expect, test } from 'vitest'
import type { SharedClient } from '#lib/domain/connections/operator-client.ts'
import { startupWarnings } from './startup-warnings.ts'

const sharing = (sharedClients: readonly SharedClient[]) => ({ oauthUrl: '', apiUrl: '', sharedClients })

test.each([
  ['https://cles.example', 0, 1],
  ['http://192.168.1.7:3000', 0, 1],
  ['https://cles.example', 1, 0],
  ['http://localhost:3000', 0, 0],
  ['http://127.0.0.1:3000', 0, 0],
])('%s behind %d trusted proxies: %d warnings', (publicUrl, trustedProxyHops, count) => {
  const warnings = startupWarnings({ publicUrl, trustedProxyHops, teamleader: sharing([]) })
  expect(warnings).toHaveLength(count)
  for (const sentence of warnings) expect(sentence).toMatch(/^TRUSTED_PROXY_HOPS is 0/)
})

test('a shared client that is not hexadecimal is warned of, without its values', () => {
  const identifier = 'a'.repeat(32)
  const strange = 'z'.repeat(32)
  const warned = (client: SharedClient) =>
    startupWarnings({ publicUrl: 'http://localhost:3000', trustedProxyHops: 0, teamleader: sharing([client]) })
  expect(warned({ identifier, secrets: [identifier] })).toEqual([])
  for (const client of [
    { identifier: strange, secrets: [identifier] as const },
    { identifier, secrets: [identifier, strange] as const },
  ]) {
    expect(warned(client)).toEqual([expect.stringMatching(/^TEAMLEADER_CLIENTS /)])
    expect(warned(client).join()).not.toContain(strange)
  }
})
