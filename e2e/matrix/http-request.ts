/** As forms begin (`noFormState`). */
const noState = { at: null, values: {}, problems: [], warnings: [], done: false, retype: [] }

export interface Answered {
  /** The status, and where a redirect leads, without its query. */
  reported: string
  /** Headers and body. */
  content: string
}

const readAnswer = async (answer: Response, origin: string): Promise<Answered> => {
  const [target] = (answer.headers.get('location') ?? answer.headers.get('x-action-redirect') ?? '').split(';')
  const { pathname } = new URL(target || '/', origin)
  const reported = target ? `${answer.status} ${pathname}` : String(answer.status)
  return { reported, content: `${JSON.stringify([...answer.headers])}\n${await answer.text()}` }
}

/** Asks as a browser with this cookie would. */
export const ask = async (origin: string, path: string, cookie: string, init: RequestInit = {}): Promise<Answered> => {
  const headers = { ...init.headers, cookie, origin }
  return readAnswer(await fetch(`${origin}${path}`, { ...init, headers, redirect: 'manual' }), origin)
}

/**
 * Calls a server action as Next's own script does, whatever page its caller may see.
 *
 * @see https://react.dev/reference/rsc/server-functions
 */
export const call = (
  origin: string,
  path: string,
  id: string,
  { fields, button = false }: { fields: Record<string, string>; button?: boolean | undefined },
  cookie: string,
): Promise<Answered> => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(`_1_${name}`, value)
  body.append('0', JSON.stringify(button ? ['$K1'] : [noState, '$K1']))
  return ask(origin, path, cookie, { method: 'POST', body, headers: { 'next-action': id, accept: 'text/x-component' } })
}
