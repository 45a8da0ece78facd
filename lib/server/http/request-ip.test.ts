import { expect, test } from 'vitest'
import { clientIp } from '#lib/composition/http/client-ip.ts'

const address = (forwarded: string | null, hops: number) =>
  clientIp(new Headers(forwarded === null ? {} : { 'x-forwarded-for': forwarded }), hops)

test('without a trusted proxy no address is believed', () => {
  expect(address('192.0.2.1', 0)).toBeNull()
})

test('what a client wrote itself stands further left than what our proxies append', () => {
  expect(address('198.51.100.9, 192.0.2.1', 1)).toBe('192.0.2.1')
  expect(address('1.1.1.1, 198.51.100.9,192.0.2.1', 2)).toBe('198.51.100.9')
  expect(address('2001:db8::1', 1)).toBe('2001:db8::1')
})

test.each([
  ['192.0.2.1:49152', '192.0.2.1'],
  ['[2001:db8::1]:49152', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
])('%s, with the port that some proxies append, names %s', (forwarded, ip) => {
  expect(address(forwarded, 1)).toBe(ip)
})

test.each([null, '', 'unknown', '192.0.2.1, nonsense', '192.0.2.1:x', '[192.0.2.1', 'host:80'])(
  '%o names no address',
  (forwarded) => {
    expect(address(forwarded, 1)).toBeNull()
  },
)

test('fewer entries than proxies name no address', () => {
  expect(address('192.0.2.1', 2)).toBeNull()
})
