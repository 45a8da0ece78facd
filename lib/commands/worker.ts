import './require-node.mjs'

import { startApiServer } from '#lib/api/listener.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { graceMs, startScheduler } from '#lib/composition/scheduler.ts'
import { sentenceOf } from './cli-error.ts'
import { loadEnvFiles } from './env-files.ts'

/** The background work and the API alone, beside web processes with `WORKER=external`. */
const start = async () => {
  const container = await createContainer(parseEnv(process.env), {
    onKeysMade: (file) => process.stdout.write(`New database: its keys were made in ${file}.\n`),
  })
  const apiServer = await startApiServer(container)
  const scheduler = startScheduler(container)
  process.stdout.write(`The worker answers back ends on port ${apiServer.port}.\n`)
  return async () => {
    await Promise.all([apiServer.close(graceMs), scheduler.stop()])
    await container.close()
  }
}

loadEnvFiles()

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
  process.stderr.write(`The worker does not start.\n${sentenceOf(error)}\n`)
  process.exit(1)
}
