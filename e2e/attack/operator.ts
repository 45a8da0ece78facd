import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Attack } from './attack.ts'

/** A command beside the running app, with one more key in front of its own. */
const adminWith = (settings: Readonly<Record<string, string>>, args: string[]) =>
  spawnSync(process.execPath, ['.next/standalone/admin.mjs', ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      ...settings,
      ENCRYPTION_KEYS: `extra:${randomBytes(32).toString('base64')},${settings.ENCRYPTION_KEYS}`,
    },
  })

export const operator: Attack[] = [
  {
    name: '`doctor`, `keys list` and `api-keys list` with one more key in front',
    expected: 'the app starts again with the old keys alone',
    run: async ({ server }) => {
      const keys = () =>
        server.inDatabase(async ({ q, tables: { vaultKeys } }) => (await q.select().from(vaultKeys)).length)
      const before = await keys()
      for (const args of [['doctor'], ['keys', 'list'], ['api-keys', 'list']]) adminWith(server.settings, args)
      const after = await keys()
      const started = await server.startSecond().then(
        () => true,
        () => false,
      )
      if (started) await server.end('SIGTERM')
      return {
        ok: started && after === before,
        seen: `${after - before} keys noted; ${started ? 'it starts' : 'it refuses to start'}`,
      }
    },
  },
]
