import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { cookies } from 'next/headers'

type SetCookie = [name: string, value: string, attributes: object]

interface Submission<T> {
  answer: Promise<T>
  /** What its answer brings to the browser, which perhaps never reads it. */
  cookies: SetCookie[]
}

/** As long as a second press may come behind the first one. */
const rememberedMs = 10_000
const mostSubmissions = 500

const submissions = new Map<string, Submission<unknown>>()
const current = new AsyncLocalStorage<SetCookie[]>()

/** Hands a cookie to this browser, whichever of two presses it reads the answer of. */
export const setCookie = async (...cookie: SetCookie): Promise<void> => {
  current.getStore()?.push(cookie)
  ;(await cookies()).set(...cookie)
}

const remember = (key: string, submission: Submission<unknown>) => {
  const [oldest] = submissions.keys()
  if (submissions.size >= mostSubmissions && oldest !== undefined) submissions.delete(oldest)
  submissions.set(key, submission)
  setTimeout(() => submissions.delete(key), rememberedMs).unref()
}

const keyOf = (session: string, sent: readonly unknown[]) =>
  createHash('sha256')
    .update(JSON.stringify([session, ...sent]))
    .digest('hex')

/**
 * A button that is pressed twice before its first answer, without script: the second press brings the same form by the same
 * session, and gets the answer of the first, new session id and all. Whoever has not sent the very same, secrets
 * included, within 10 s gets none of it; the memory is of one process.
 *
 * @param session of which cookie, and what it holds; null for nobody's, who is answered each time
 */
export const submitOnce = async <T>(
  session: { name: string; value: string } | null,
  sent: readonly unknown[],
  run: () => Promise<T>,
): Promise<T> => {
  if (!session) return run()
  const key = keyOf(session.value, sent)
  const first = submissions.get(key) as Submission<T> | undefined
  if (first) {
    await first.answer.catch(() => undefined)
    const jar = await cookies()
    for (const cookie of first.cookies) jar.set(...cookie)
    return first.answer
  }
  const written: SetCookie[] = []
  const submission = { answer: current.run(written, run), cookies: written }
  remember(key, submission)
  try {
    return await submission.answer
  } finally {
    // a browser that has read the first answer's head presses under the new id
    for (const [name, value] of written) if (name === session.name) remember(keyOf(value, sent), submission)
  }
}
