import './require-node.mjs'

import { startApiServer } from '#lib/api/listener.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { exitStatusOf } from '#lib/composition/operations/exit-status.ts'
import { printLine, writeJsonOnly } from '#lib/composition/output/json-output.ts'
import { graceMs, startScheduler } from '#lib/composition/scheduler.ts'
import { sentenceOf } from './cli-error.ts'
import { loadEnvFiles } from './env-files.ts'

/** The background work and the API alone, beside web processes with `WORKER=external`. */
const start = async () => {
  const made: string[] = []
  const container = await createContainer(parseEnv(process.env), { onKeysMade: (file) => made.push(file) })
  const { log } = container
  for (const path of made) log.info('new database: its keys were made; keep a copy apart from the database', { path })
  await container.olderDatabase.check()
  const apiServer = await startApiServer(container)
  const scheduler = startScheduler(container)
  log.info('the worker answers back ends', { port: apiServer.port })
  return async () => {
    await Promise.all([apiServer.close(graceMs), scheduler.stop()])
    await container.close()
  }
}

loadEnvFiles()

writeJsonOnly()

try {
  const stop = await start()
  let ending = false
  const end = () => {
    if (ending) process.exit(1)
    ending = true
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end)
} catch (error) {
  printLine(`The worker does not start.\n${sentenceOf(error)}`, 2)
  process.exit(exitStatusOf(error))
}
