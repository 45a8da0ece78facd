import 'server-only'
import { container } from '#lib/composition/container.ts'
import { readNonce } from '#lib/server/cookies/browser-nonce.ts'
import { readWaitingCode } from '#lib/server/cookies/stateless-code.ts'

/** Whether a code has come back to this browser, and waits for its person to sign in. */
export const hasReceivedCode = async (): Promise<boolean> => {
  const { handleCallback } = await container()
  const [waiting, nonce] = await Promise.all([readWaitingCode(), readNonce()])
  return waiting !== null || handleCallback.hasParked(nonce)
}
