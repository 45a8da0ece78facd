import { container } from '#lib/composition/container.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'

/** A notification names a record; anything longer is none. */
const mostBytes = 64 * 1024

/** Reads at most so many bytes; null when there are more. */
const readCapped = async (request: Request): Promise<string | null> => {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of request.body ?? []) {
    bytes += piece.byteLength
    if (bytes > mostBytes) return null
    pieces.push(piece)
  }
  return new TextDecoder().decode(Buffer.concat(pieces))
}

const statusOf = { unknown: 404, limited: 429, taken: 204 } as const

/** Takes what a provider tells: who does not know the secret learns nothing, and who does nothing but that it came. */
export const answerWebhook = async (provider: ProviderId, secret: string, request: Request): Promise<Response> => {
  const { receiveHint } = await container()
  const outcome = await receiveHint(provider, secret, () => readCapped(request))
  return new Response(null, { status: outcome === 'too_large' ? 413 : statusOf[outcome] })
}
