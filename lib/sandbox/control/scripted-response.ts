import { setTimeout as sleep } from 'node:timers/promises'
import type { Step } from './script.ts'

const bodiless = new Set([204, 205, 304])
const page = (message: string): string =>
  `<!doctype html><html lang="en"><title>${message}</title><body><h1>${message}</h1></body></html>`

/** The answer that a step gives in the provider's place, if it does. */
export function replacement(step: Step): Response | undefined {
  if (step.commit_then_500) return html(page('Internal Server Error'), 500)
  if (step.commit_then_html) return html(page('We will be back soon'), step.status ?? 200)
  if (step.redirect !== undefined) {
    return new Response(null, { status: step.status ?? 307, headers: { location: step.redirect } })
  }
  if (step.huge !== undefined) return new Response(filler(step.huge), { status: step.status ?? 200, headers: jsonType })
  if (step.set) return undefined
  const { status = 200, body, body_base64 } = step
  if (step.status === undefined && body === undefined && body_base64 === undefined) return undefined
  if (bodiless.has(status)) return new Response(null, { status })
  if (body_base64 !== undefined) return new Response(Buffer.from(body_base64, 'base64'), { status, headers: jsonType })
  if (body === undefined) return new Response('', { status })
  if (typeof body !== 'string') return Response.json(body, { status })
  return body.startsWith('<') ? html(body, status) : new Response(body, { status, headers: jsonType })
}

/** Changes an answer on its way: `set` merges keys into a 200 JSON object (null takes a key out), `headers` are laid over. */
export async function amend(response: Response, { set, headers = {}, status }: Step): Promise<Response> {
  if (!set && Object.keys(headers).length === 0) return response
  const laid = new Headers(response.headers)
  for (const [name, value] of Object.entries(headers)) laid.set(name, value)
  if (!set || response.status !== 200) return new Response(response.body, { status: response.status, headers: laid })
  const merged = Object.entries({ ...((await response.json()) as object), ...set }).filter(
    ([, value]) => value !== null,
  )
  return new Response(JSON.stringify(Object.fromEntries(merged)), { status: status ?? 200, headers: laid })
}

/** The same answer, one byte every `everyMs`. */
export function drip(response: Response, everyMs: number): Response {
  const bytes = response.arrayBuffer().then((buffer) => new Uint8Array(buffer))
  let sent = 0
  const drops = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const byte = (await bytes)[sent]
      if (byte === undefined) return controller.close()
      if (everyMs > 0) await sleep(everyMs, undefined, { ref: false })
      sent += 1
      controller.enqueue(Uint8Array.of(byte))
    },
  })
  return new Response(drops, response)
}

const jsonType = { 'content-type': 'application/json' }
const html = (body: string, status: number): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })

function filler(bytes: number): ReadableStream<Uint8Array> {
  const block = new Uint8Array(65_536).fill(97)
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close()
      controller.enqueue(block.subarray(0, Math.min(left, block.length)))
      left -= Math.min(left, block.length)
    },
  })
}
