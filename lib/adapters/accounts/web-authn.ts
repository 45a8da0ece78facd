import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Passkey } from '#lib/domain/factors/factor.ts'
import type { WebAuthn } from '#lib/ports/factors.ts'

/** Longer than any answer of a browser. */
const answerLength = 20_000

/** An answer of a browser is whatever somebody sends; the library judges its parts. */
const parse = <T>(answer: string): T | null => {
  try {
    const read: unknown = answer.length > answerLength ? null : JSON.parse(answer)
    return typeof read === 'object' && read !== null ? (read as T) : null
  } catch {
    return null
  }
}

const listed = (known: readonly Passkey[]) => known.map(({ id, transports }) => ({ id, transports }))

/** @see https://www.w3.org/TR/webauthn-2/ */
export const webAuthn = (publicUrl: string): WebAuthn => {
  const rpID = new URL(publicUrl).hostname
  const expected = { expectedOrigin: publicUrl, expectedRPID: rpID, requireUserVerification: false }
  return {
    askRegistration: async ({ id, email, name }, known) => {
      const options = await generateRegistrationOptions({
        ...{ rpName: 'Porte-clés', rpID, userName: email, userDisplayName: name },
        userID: new TextEncoder().encode(id),
        attestationType: 'none',
        excludeCredentials: listed(known),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      })
      return { options: JSON.stringify(options), challenge: options.challenge }
    },
    readRegistration: async (answer, expectedChallenge) => {
      const response = parse<RegistrationResponseJSON>(answer)
      if (!response) return null
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        ...{ response, expectedChallenge, ...expected },
      }).catch(() => ({ verified: false as const, registrationInfo: undefined }))
      if (!verified || !registrationInfo) return null
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential
      return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
    },
    askAuthentication: async (known) => {
      const options = await generateAuthenticationOptions({
        ...{ rpID, allowCredentials: listed(known), userVerification: 'preferred' },
      })
      return { options: JSON.stringify(options), challenge: options.challenge }
    },
    readAuthentication: async (answer, expectedChallenge, known) => {
      const response = parse<AuthenticationResponseJSON>(answer)
      const passkey = response && known.find(({ id }) => id === response.id)
      if (!passkey) return null
      const { id, counter, transports } = passkey
      const publicKey = new Uint8Array(Buffer.from(passkey.publicKey, 'base64url'))
      const verification = await verifyAuthenticationResponse({
        ...{ response, expectedChallenge, ...expected },
        credential: { id, publicKey, counter, transports },
      }).catch(() => null)
      return verification?.verified ? { id, counter: verification.authenticationInfo.newCounter } : null
    },
  }
}
