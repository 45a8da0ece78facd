import type { startApiServer, startMetricsServer } from '#lib/api/listener.ts'
import { type Container, container } from './container.ts'
import { StartupError } from './env.ts'
import { finishWebServer, onTermination } from './graceful-shutdown.ts'
import { onRefusedRequest } from './http/report-refusal.ts'
import { fieldsOf } from './log-fields.ts'
import { exitStatusOf } from './operations/exit-status.ts'
import { startupWarnings } from './operations/startup-warnings.ts'
import { storageAdvice } from './operations/storage-advice.ts'
import { printLine } from './output/json-output.ts'
import { graceMs, startScheduler, withinGrace } from './scheduler.ts'

/** What `lib/api` opens; handed in, since the server runs nothing of the API. */
export interface Listeners {
  startApiServer: typeof startApiServer
  startMetricsServer: typeof startMetricsServer
}

class UnopenedError extends Error {}

const opened = async <T>(opening: Promise<T>, where: string): Promise<T> => {
  try {
    return await opening
  } catch (error) {
    const { code } = error as { code?: unknown }
    // somebody else may let the port go
    throw new UnopenedError(`${where}: ${code ?? 'unknown'}.`)
  }
}

/** The background work and the API beside it, unless a worker does both. @returns how to end them in order. */
const startWork = async (app: Container, listeners: Listeners): Promise<() => Promise<void>> => {
  if (app.env.worker === 'external') {
    const metrics = listeners.startMetricsServer(app)
    const server = await opened(metrics, 'Metrics cannot be answered on API_HOST and METRICS_PORT')
    return async () => {
      await Promise.all([server?.close(graceMs), withinGrace(app.finishRefreshes())])
    }
  }
  const apiServer = await opened(listeners.startApiServer(app), 'Back ends cannot be answered on API_HOST and API_PORT')
  const scheduler = startScheduler(app)
  return async () => {
    await Promise.all([apiServer.close(graceMs), scheduler.stop()])
  }
}

/** Those that are refused before they have a user or a key. */
const journalRefusals = ({ recordRefusal }: Container) =>
  onRefusedRequest(({ status, ip }) => {
    const code = status === 403 ? 'foreign_origin' : status === 413 ? 'body_too_large' : null
    if (code) void recordRefusal.request({ code, actor: { kind: 'visitor', ip } })
  })

const start = async (listeners: Listeners) => {
  const made: string[] = []
  const app = await container({ onKeysMade: (file) => made.push(file) })
  const { env, log, bootstrapSupport } = app
  for (const path of made) log.info('new database: its keys were made; keep a copy apart from the database', { path })
  process.env.NEXTAUTH_URL = env.publicUrl
  for (const advice of startupWarnings(env)) log.warn('a setting weakens this app', { advice })
  await app.olderDatabase.check()
  journalRefusals(app)
  const endWork = await startWork(app, listeners)
  onTermination(async () => {
    await Promise.all([endWork(), finishWebServer(graceMs)])
    await app.close().catch((error: unknown) => log.error('the database did not close', fieldsOf(error)))
  })
  const token = await bootstrapSupport.offer()
  // never through the logger
  if (token)
    printLine(`Create the first support user (once, within 24 hours): ${env.publicUrl}/premier-demarrage/${token}`)
}

const reasonOf = (error: unknown): string => {
  if (error instanceof StartupError || error instanceof UnopenedError) return error.message
  const advice = storageAdvice(error)
  if (advice) return advice
  const { failure, errorClass, errorCode } = fieldsOf(error)
  return `${[failure ?? errorClass, errorCode].filter(Boolean).join(': ')}, while opening the database.`
}

/** Opens everything before the first request; a process that cannot serve ends, saying why. */
export const boot = async (listeners: Listeners): Promise<void> => {
  if (process.env.NEXT_PHASE === 'phase-production-build') return
  try {
    await start(listeners)
  } catch (error) {
    printLine(`Porte-clés does not start.\n${reasonOf(error)}`, 2)
    process.exit(exitStatusOf(error))
  }
}
