import { container } from './container.ts'
import { RefusedBoot } from './env.ts'
import { fieldsOf } from './log-fields.ts'

/** For the person at the console; never through the logger, since a line may hold a one-time link. */
const say = (line: string) => process.stdout.write(`${line}\n`)

const start = async () => {
  const { env, log, startFirstRun } = await container({
    onKeysMade: (file) => say(`New database: its keys were made in ${file}. Keep a copy apart from the database.`),
  })
  process.env.NEXTAUTH_URL = env.publicUrl
  if (process.versions.node.startsWith('20.')) log.warn('Node 20 is out of support since April 2026: use Node 24')
  const token = await startFirstRun.offer()
  if (token) say(`Create the first support user (once, within 24 hours): ${env.publicUrl}/premier-demarrage/${token}`)
}

const reasonOf = (error: unknown): string => {
  if (error instanceof RefusedBoot) return error.message
  const { failure, errorClass, errorCode } = fieldsOf(error)
  return `${[failure ?? errorClass, errorCode].filter(Boolean).join(': ')}, while opening the database.`
}

/** Opens everything before the first request; a process that cannot serve ends, saying why. */
export const boot = async (): Promise<void> => {
  if (process.env.NEXT_PHASE === 'phase-production-build') return
  try {
    await start()
  } catch (error) {
    process.stderr.write(`Porte-clés does not start.\n${reasonOf(error)}\n`)
    process.exit(1)
  }
}
