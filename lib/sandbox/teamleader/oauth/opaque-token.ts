import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Integration, User } from '../integration.ts'

const ciphertext = (bytes: number): string => `def50200${randomBytes(bytes).toString('hex')}`

/** About a thousand hexadecimal characters, as the real ones are: a column or a URL limit must show here. */
export const mintCode = (): string => ciphertext(496)
export const mintRefreshToken = (): string => ciphertext(512)
export const mintTicket = (): string => randomBytes(24).toString('base64url')

/** Tells two secrets apart without showing either: the first 16 hexadecimal digits of SHA-256. */
export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16)

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** téo's looks like an HS256 token, of one client for one instance. */
export function mintTeoToken(clientId: string, scope: string, issuedAt: number, expiresAt: number): string {
  const [iat, exp] = [Math.floor(issuedAt / 1000), Math.floor(expiresAt / 1000)]
  const claims = {
    iss: 'https://auth.teoapp.fr/',
    sub: clientId,
    client_id: clientId,
    scp: [scope],
    iat,
    nbf: iat,
    exp,
  }
  const header = { alg: 'HS256', typ: 'JWT' }
  return `${segment(header)}.${segment({ ...claims, jti: randomUUID() })}.${randomBytes(32).toString('base64url')}`
}

/** Looks like the real RS256 token, claim by claim; its signature is noise, since clients must treat it as opaque. */
export function mintAccessToken(client: Integration, user: User, issuedAt: number, expiresAt: number): string {
  const seconds = (ms: number): number => Math.floor(ms / 1000)
  const claims = {
    aud: client.clientId,
    jti: randomBytes(40).toString('hex'),
    iat: seconds(issuedAt),
    nbf: seconds(issuedAt),
    exp: seconds(expiresAt),
    sub: `${user.number}:${user.account.number}`,
    scopes: client.scopes,
    permissions: user.permissions,
  }
  return `${segment({ typ: 'JWT', alg: 'RS256' })}.${segment(claims)}.${randomBytes(256).toString('base64url')}`
}
