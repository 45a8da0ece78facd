import type { IncomingMessage } from 'node:http'
import type { z } from '@hono/zod-openapi'

const mostBytes = 16 * 1024

/** @returns null when it is longer than that: counted as it comes, whatever its headers say. */
export const readBytes = async (incoming: IncomingMessage, mostBytes: number): Promise<Buffer | null> => {
  const { 'transfer-encoding': coding, 'content-length': length = '0' } = incoming.headers
  if (Number(length) > mostBytes) return null
  if (coding === undefined && Number(length) === 0) {
    // read to its end even so: the listener sets timers for a body that nobody read
    incoming.resume()
    return Buffer.alloc(0)
  }
  const chunks: Buffer[] = []
  let bytes = 0
  // left open: the listener drains a little of what is left, then hangs up
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The JSON body of a request, whatever its content type says; none counts as an empty object. */
export const readBody = async <T extends z.ZodType>(
  incoming: IncomingMessage,
  schema: T,
): Promise<{ body: z.infer<T> } | { refused: 'body_malformed' | 'body_too_large' }> => {
  try {
    const bytes = await readBytes(incoming, mostBytes)
    if (bytes === null) return { refused: 'body_too_large' }
    const text = bytes.toString()
    const parsed = schema.safeParse(text.trim() === '' ? {} : JSON.parse(text))
    return parsed.success ? { body: parsed.data } : { refused: 'body_malformed' }
  } catch {
    // not JSON, or the client hung up
    return { refused: 'body_malformed' }
  }
}
