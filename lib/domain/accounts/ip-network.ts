/** `::ffff:192.0.2.1`: an IPv4 address as a socket of both families writes it (RFC 4291 section 2.5.5.2). */
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

const groupsOf = (part: string) => part.split(':').filter((group) => group !== '')

/**
 * What one client can choose its address from: an IPv4 address, or the /64 that an IPv6 network gives each of its hosts.
 *
 * @param ip a valid address
 */
export const networkOf = (ip: string): string => {
  const [, ipv4] = mapped.exec(ip) ?? []
  if (ipv4 !== undefined || !ip.includes(':')) return ipv4 ?? ip
  const [head = '', tail] = ip.replace(/%.*$/, '').toLowerCase().split('::')
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')]
  // the last group may be an IPv4 address, which stands for two
  const width = after.length + (after.at(-1)?.includes('.') ? 1 : 0)
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - width) }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
