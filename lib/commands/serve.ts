import './require-node.mjs'

import http, { type IncomingHttpHeaders, type RequestListener } from 'node:http'
import v8 from 'node:v8'
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js'
import { setWebServer } from '#lib/composition/graceful-shutdown.ts'
import { GuardedServer } from '#lib/composition/http/guarded-server.ts'
import { writeJsonOnly } from '#lib/composition/output/json-output.ts'
import { loadEnvFiles } from './env-files.ts'

/** The built app, the one way to start it: bundled beside Next's `server.js`, which it prepares the process for. */

/** Next's own limit for the body of an action; nothing here takes more. */
const bodyLimit = 1024 * 1024

// else V8 lets garbage grow to four times what is alive
v8.setFlagsFromString('--heap-growing-percent=50')
loadEnvFiles()
writeJsonOnly()
// Next ends the process on SIGTERM within milliseconds: `graceful-shutdown.ts` does it in order
process.env.NEXT_MANUAL_SIG_HANDLE = 'true'
// its server listens on HOSTNAME, which Docker sets to the name of the container
process.env.HOSTNAME = process.env.HOST || '0.0.0.0'
// it goes to its own folder, but paths in settings are meant from where the operator stands
process.chdir = () => {}

const routerState = 'next-router-state-tree'

/** Next answers 500 to a state of its router that it cannot read, and a whole page without one. */
const dropUnreadableState = (headers: IncomingHttpHeaders) => {
  try {
    parseAndValidateFlightRouterState(headers[routerState])
  } catch {
    delete headers[routerState]
  }
}

const { createServer } = http
const createWebServer = (listener: RequestListener) => {
  // Next makes one server
  Object.assign(http, { createServer })
  const server = new GuardedServer((incoming, response) => {
    dropUnreadableState(incoming.headers)
    listener(incoming, response)
  }, bodyLimit)
  setWebServer(server)
  return server
}
Object.assign(http, { createServer: createWebServer })

await import(new URL('../server.js', import.meta.url).href)
