import type { GuardedServer } from './http/guarded-server.ts'

/** The start command and Next each load a copy of this file: the server belongs to the process. */
const key = Symbol.for('porte-cles.web-server')
const shared = globalThis as { [key]?: GuardedServer }

/** Next keeps its HTTP server to itself: the start command, which makes it, leaves it here. */
export const setWebServer = (server: GuardedServer): void => {
  shared[key] = server
}

/** Ends Next's server; resolves at once where there is none. */
export const finishWebServer = async (graceMs: number): Promise<void> => shared[key]?.finish(graceMs)

/**
 * SIGTERM and SIGINT are ours where `NEXT_MANUAL_SIG_HANDLE` is set, as `npm start` does; elsewhere Next ends the process
 * at once. A second signal does too.
 *
 * @param finish never rejects
 */
export const onTermination = (finish: () => Promise<void>): void => {
  if (!process.env.NEXT_MANUAL_SIG_HANDLE) return
  let ending = false
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    void finish().then(() => process.exit(0))
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end)
}
