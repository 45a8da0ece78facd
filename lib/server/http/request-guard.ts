/** Next's own limit for the body of an action; nothing here takes more. */
const bodyLimit = 1024 * 1024

/**
 * What Next would answer with 500: a foreign Origin (each action still judges its own), and a body that says it is too
 * long. Null lets the request pass.
 */
export const refusedAhead = ({ method, headers }: Pick<Request, 'method' | 'headers'>, publicUrl: string) => {
  if (method === 'GET' || method === 'HEAD') return null
  const origin = headers.get('origin')
  if (origin !== null && origin !== 'null' && origin !== publicUrl) return 403
  return Number(headers.get('content-length') ?? 0) > bodyLimit ? 413 : null
}
