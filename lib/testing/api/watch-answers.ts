import { type Answered, documentCheck, type OpenApi } from './document-check.ts'

type Check = (answered: Answered) => string | null

/** By origin. Servers come and go within a process: `fetch` is watched once, for all of them. */
const checks = new Map<string, Check>()
const ask = globalThis.fetch

const watched: typeof fetch = async (input, init) => {
  const answer = await ask(input, init)
  const asked = input instanceof Request ? input : null
  const { origin, pathname: path } = new URL(asked?.url ?? String(input))
  const check = checks.get(origin)
  const { status, headers } = answer
  // what streams is left to who reads it
  const isWhole = headers.has('content-length') || headers.get('content-type') === 'application/x-ndjson'
  if (!check || !isWhole) return answer
  const text = await answer.clone().text()
  const fault = check({ method: init?.method ?? asked?.method ?? 'GET', path, status, headers, text })
  if (fault) throw new Error(fault)
  return answer
}

const compiled = new Map<string, Check>()

/**
 * From now on an answer of this API that is not as its document says fails the test that asked.
 *
 * @returns ends it
 */
export const watchAnswers = async (origin: string): Promise<() => void> => {
  const text = await (await ask(`${origin}/api/openapi.json`)).text()
  const check = compiled.get(text) ?? documentCheck(JSON.parse(text) as OpenApi)
  compiled.set(text, check)
  checks.set(origin, check)
  globalThis.fetch = watched
  return () => checks.delete(origin)
}
