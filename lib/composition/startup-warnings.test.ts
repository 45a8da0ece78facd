import { expect, test } from 'vitest'
import { startupWarnings } from './startup-warnings.ts'

test.each([
  ['https://cles.example', 0, 1],
  ['http://192.168.1.7:3000', 0, 1],
  ['https://cles.example', 1, 0],
  ['http://localhost:3000', 0, 0],
  ['http://127.0.0.1:3000', 0, 0],
])('%s behind %d trusted proxies: %d warnings', (publicUrl, trustedProxyHops, count) => {
  const warnings = startupWarnings({ publicUrl, trustedProxyHops })
  expect(warnings).toHaveLength(count)
  for (const sentence of warnings) expect(sentence).toMatch(/^TRUSTED_PROXY_HOPS is 0/)
})
