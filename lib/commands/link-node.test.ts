import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'porte-cles-link-')))
})
afterAll(() => rmSync(folder, { recursive: true }))

const link = () => execFileSync(process.execPath, [resolve('lib/commands/link-node.mjs')], { cwd: folder })
const bin = () => join(folder, 'node_modules', '.bin', 'node')

describe.runIf(process.platform === 'linux')('after npm', () => {
  test('scripts run by the Node that was installed with them, whatever npm did with its link', () => {
    link()
    expect(existsSync(bin())).toBe(false)
    const brought = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
    mkdirSync(join(brought, '..'), { recursive: true })
    writeFileSync(brought, '')
    for (const _ of ['missing', 'there']) {
      link()
      expect(realpathSync(bin())).toBe(brought)
    }
  })
})

test('npm 9 and 10 compile nothing: they know of no `gypfile` but what the lock says', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  expect(packages['node_modules/better-sqlite3']).toMatchObject({ gypfile: false })
})
