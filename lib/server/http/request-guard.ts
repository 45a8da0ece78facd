type Asked = Pick<Request, 'method' | 'headers' | 'formData'>

/** React writes these parts of a form itself, as JSON. */
const ofReact = /^(\d+|\$ACTION_\d+:\d+)$/
const actionReference = /^\$ACTION_\d+:0$/
const actionId = /^[0-9a-f]{42}$/

/** A body that Next could not read: an action takes a whole form, in which React's own parts are JSON. */
const isReadable = async (request: Asked): Promise<boolean> => {
  const { headers } = request
  const isAction = headers.has('next-action')
  if (!headers.get('content-type')?.startsWith('multipart/form-data')) return !isAction
  try {
    const form = await request.formData()
    for (const [name, value] of form) {
      const part = ofReact.test(name) ? JSON.parse(String(value)) : null
      if (actionReference.test(name) && !actionId.test(part.id)) return false
    }
    return !isAction || form.has('0')
  } catch {
    return false
  }
}

/**
 * What Next would answer with 500: a foreign Origin (each action still judges its own), and a body that it cannot read.
 * Null lets the request pass.
 */
export const refusedAhead = async (request: Asked, publicUrl: string): Promise<400 | 403 | null> => {
  const { method, headers } = request
  if (method === 'GET' || method === 'HEAD') return null
  const origin = headers.get('origin')
  if (origin !== null && origin !== 'null' && origin !== publicUrl) return 403
  return (await isReadable(request)) ? null : 400
}
