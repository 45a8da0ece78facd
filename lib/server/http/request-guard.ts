/**
 * A foreign Origin, which Next would answer with 500; each action still judges its own. Null lets the request pass.
 */
export const refusedAhead = ({ method, headers }: Pick<Request, 'method' | 'headers'>, publicUrl: string) => {
  if (method === 'GET' || method === 'HEAD') return null
  const origin = headers.get('origin')
  return origin !== null && origin !== 'null' && origin !== publicUrl ? 403 : null
}
