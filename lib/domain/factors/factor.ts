/** What proves that it is somebody, beside the password. */
export const factorKinds = ['totp', 'passkey', 'recovery_code'] as const
export type FactorKind = (typeof factorKinds)[number]

export interface Totp {
  sealedSecret: string
  /** Of the last code taken. */
  lastStep: number
  createdAt: Date
  usedAt: Date | null
}

export interface NewPasskey {
  /** The credential's id, as base64url. */
  id: string
  /** COSE, as base64url. */
  publicKey: string
  counter: number
  transports: string[]
}

export interface Passkey extends NewPasskey {
  name: string
  createdAt: Date
  usedAt: Date | null
}

export interface RecoveryCodes {
  left: number
  madeAt: Date | null
}

export interface Factors {
  totp: Totp | null
  passkeys: Passkey[]
  codes: RecoveryCodes
}

export const countFactors = ({ totp, passkeys }: Pick<Factors, 'totp' | 'passkeys'>): number =>
  passkeys.length + (totp ? 1 : 0)

/** A QR code: its width in modules, and its dark ones as the path of an SVG. */
export interface QrCode {
  size: number
  path: string
}
