import type { openDoor } from '#lib/api/listener.ts'
import { type Container, container } from './container.ts'
import { RefusedBoot } from './env.ts'
import { finishRequests, onTermination } from './graceful-shutdown.ts'
import { fieldsOf } from './log-fields.ts'
import { graceMs, startScheduler, withinGrace } from './scheduler.ts'
import { storageAdvice } from './storage-advice.ts'

/** What `lib/api` opens for back ends; handed in, since the server runs nothing of the API. */
type OpenDoor = typeof openDoor

/** For the person at the console; never through the logger, since a line may hold a one-time link. */
const print = (line: string) => process.stdout.write(`${line}\n`)

const openFor = async (app: Container, openDoor: OpenDoor) => {
  try {
    return await openDoor(app)
  } catch (error) {
    const { code } = error as { code?: unknown }
    throw new RefusedBoot(`Back ends cannot be answered on API_HOST and API_PORT: ${code ?? 'unknown'}.`)
  }
}

/** The background work and the API beside it, unless a worker does both. @returns how to end them in order. */
const startWork = async (app: Container, openDoor: OpenDoor): Promise<() => Promise<void>> => {
  if (app.env.worker === 'external') return () => withinGrace(app.finishRefreshes())
  const door = await openFor(app, openDoor)
  const scheduler = startScheduler(app)
  return async () => {
    await Promise.all([door.close(graceMs), scheduler.stop()])
  }
}

const start = async (openDoor: OpenDoor) => {
  const app = await container({
    onKeysMade: (file) => print(`New database: its keys were made in ${file}. Keep a copy apart from the database.`),
  })
  const { env, log, bootstrapSupport } = app
  process.env.NEXTAUTH_URL = env.publicUrl
  const endWork = await startWork(app, openDoor)
  onTermination(async () => {
    await Promise.all([endWork(), finishRequests(graceMs)])
    await app.close().catch((error: unknown) => log.error('the database did not close', fieldsOf(error)))
  })
  const token = await bootstrapSupport.offer()
  if (token) print(`Create the first support user (once, within 24 hours): ${env.publicUrl}/premier-demarrage/${token}`)
}

const reasonOf = (error: unknown): string => {
  if (error instanceof RefusedBoot) return error.message
  const advice = storageAdvice(error)
  if (advice) return advice
  const { failure, errorClass, errorCode } = fieldsOf(error)
  return `${[failure ?? errorClass, errorCode].filter(Boolean).join(': ')}, while opening the database.`
}

/** Opens everything before the first request; a process that cannot serve ends, saying why. */
export const boot = async (openDoor: OpenDoor): Promise<void> => {
  if (process.env.NEXT_PHASE === 'phase-production-build') return
  try {
    await start(openDoor)
  } catch (error) {
    process.stderr.write(`Porte-clés does not start.\n${reasonOf(error)}\n`)
    process.exit(1)
  }
}
