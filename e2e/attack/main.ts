import '../../lib/commands/require-node.mjs'

import { startMailServer } from '../../lib/testing/servers/mail-server.ts'
import { AppServer } from '../harness/app-server.ts'
import { newCustomer } from '../harness/customer.ts'
import type { Attack, Seen, Target } from './attack.ts'
import { crossSite } from './cross-site.ts'
import { floods } from './floods.ts'
import { guessing } from './guessing.ts'
import { operator } from './operator.ts'
import { requests } from './requests.ts'
import { scans } from './scans.ts'

/**
 * `npm run attack [word]`: attacks the built app from outside, as an attacker would; only those whose name holds the word.
 * Prints a table of attack, expected and seen, and ends with status 1 when anything was found.
 */

const print = (line: string) => void process.stdout.write(`${line}\n`)

/** Guessing comes last: it slows down everybody's sign-in for a quarter of an hour. */
const attacks = [...requests, ...scans, ...crossSite, ...operator, ...floods, ...guessing]
const chosen = attacks.filter(({ name }) => name.includes(process.argv[2] ?? ''))

const attempt = async ({ run }: Attack, target: Target): Promise<Seen> => {
  try {
    return await run(target)
  } catch (error) {
    return { ok: false, seen: `not carried out: ${error instanceof Error ? error.message.slice(0, 200) : error}` }
  }
}

const mails = await startMailServer()
const server = await AppServer.open({ ...mails.settings, TRUSTED_PROXY_HOPS: '1' })
let findings = 0
try {
  const target = { server, mails, a: await newCustomer(server), b: await newCustomer(server) }
  print('| | attack | expected | seen | s |\n| --- | --- | --- | --- | --- |')
  for (const attack of chosen) {
    const began = performance.now()
    const { ok, seen } = await attempt(attack, target)
    if (!ok) findings += 1
    const took = ((performance.now() - began) / 1000).toFixed(1)
    print(`| ${ok ? 'held' : 'FOUND'} | ${attack.name} | ${attack.expected} | ${seen} | ${took} |`)
  }
  print(`${chosen.length} attacks, ${findings} findings`)
} finally {
  await server.close()
  await mails.close()
}
if (findings > 0 || chosen.length === 0) process.exitCode = 1
