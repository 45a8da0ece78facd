import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'
import type { QrCode } from '#lib/domain/factors/factor.ts'
import type { TotpCodes } from '#lib/ports/factors.ts'

const issuer = 'Porte-clés'
/** 160 bits, as RFC 4226 section 4 recommends. */
const secretBytes = 20

const totpOf = (secret: string, label = issuer) =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 })

const draw = (text: string): QrCode => {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, path: dark.join('') }
}

/** @see https://www.rfc-editor.org/rfc/rfc6238 */
export const totpCodes = (): TotpCodes => ({
  newSecret: () => new Secret({ size: secretBytes }).base32,
  describe: (secret, email) => {
    const url = totpOf(secret, email).toString()
    return { url, qr: draw(url) }
  },
  stepOf: (secret, code, now) => {
    const totp = totpOf(secret)
    const timestamp = now.getTime()
    const delta = /^\d{6}$/.test(code) ? totp.validate({ token: code, timestamp, window: 1 }) : null
    return delta === null ? null : totp.counter({ timestamp }) + delta
  },
})
