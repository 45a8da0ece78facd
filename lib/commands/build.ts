import './require-node.mjs'

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { completeStandalone } from './build/standalone.ts'

/** `.next/standalone`: all that a machine needs beside Node, to be copied as it is and started by `node serve.mjs`. */

const { status } = spawnSync(process.execPath, [join('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)
await completeStandalone()
