import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { dataClient } from '#lib/testing/api/data-client.ts'
import { openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { smallCopies } from '#lib/testing/sync/small-copy.ts'

/** A program of the tour is not there. */
const lacks = (program: string) => spawnSync(program, ['--version']).error !== undefined

test.skipIf(lacks('curl') || lacks('jq'))('the tour of docs/api.md runs as it stands', async () => {
  const text = await readFile('docs/api.md', 'utf8')
  const script = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, lines]) => lines).join('')
  const testApp = await openTestApp()
  const apiClient = await openApiClient(testApp)
  const folder = await mkdtemp(join(tmpdir(), 'porte-cles-tour-'))
  try {
    const { admin } = await smallCopies(testApp).copied()
    const client = dataClient(testApp, apiClient.url)
    const key = await client.keyFor(admin.tenantId, ['teamleader:token', 'teamleader:data:read'])
    const env = { ...process.env, API: apiClient.url, KEY: key, NO_PROXY: '*' }
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env })
    const [first] = (await client.follow(key, 'companies')).changes
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringContaining('"provider":"teamleader","state":"connected"'),
      expect.stringMatching(/^\d{4}-.*Z$/),
      expect.stringContaining('{"changes":0,"has_more":false,"complete_at":"2'),
      '304',
      '0',
      first?.data?.name,
      'parameter_malformed',
      '/api/docs#parameter_malformed',
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
    await apiClient.close()
    await testApp.close()
  }
})
