import type { startApiServer } from '#lib/api/listener.ts'
import { type Container, container } from './container.ts'
import { StartupError } from './env.ts'
import { finishWebServer, onTermination } from './graceful-shutdown.ts'
import { onRefusedRequest } from './http/tell-refusal.ts'
import { fieldsOf } from './log-fields.ts'
import { startupWarnings } from './operations/startup-warnings.ts'
import { storageAdvice } from './operations/storage-advice.ts'
import { printLine } from './output/json-output.ts'
import { graceMs, startScheduler, withinGrace } from './scheduler.ts'

/** What `lib/api` opens for back ends; handed in, since the server runs nothing of the API. */
type ApiServer = typeof startApiServer

const openFor = async (app: Container, startApiServer: ApiServer) => {
  try {
    return await startApiServer(app)
  } catch (error) {
    const { code } = error as { code?: unknown }
    throw new StartupError(`Back ends cannot be answered on API_HOST and API_PORT: ${code ?? 'unknown'}.`)
  }
}

/** The background work and the API beside it, unless a worker does both. @returns how to end them in order. */
const startWork = async (app: Container, startApiServer: ApiServer): Promise<() => Promise<void>> => {
  if (app.env.worker === 'external') return () => withinGrace(app.finishRefreshes())
  const apiServer = await openFor(app, startApiServer)
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

const start = async (startApiServer: ApiServer) => {
  const made: string[] = []
  const app = await container({ onKeysMade: (file) => made.push(file) })
  const { env, log, bootstrapSupport } = app
  for (const path of made) log.info('new database: its keys were made; keep a copy apart from the database', { path })
  process.env.NEXTAUTH_URL = env.publicUrl
  for (const advice of startupWarnings(env)) log.warn('a setting weakens this app', { advice })
  await app.olderDatabase.check()
  journalRefusals(app)
  const endWork = await startWork(app, startApiServer)
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
  if (error instanceof StartupError) return error.message
  const advice = storageAdvice(error)
  if (advice) return advice
  const { failure, errorClass, errorCode } = fieldsOf(error)
  return `${[failure ?? errorClass, errorCode].filter(Boolean).join(': ')}, while opening the database.`
}

/** Opens everything before the first request; a process that cannot serve ends, saying why. */
export const boot = async (startApiServer: ApiServer): Promise<void> => {
  if (process.env.NEXT_PHASE === 'phase-production-build') return
  try {
    await start(startApiServer)
  } catch (error) {
    printLine(`Porte-clés does not start.\n${reasonOf(error)}`, 2)
    process.exit(1)
  }
}
