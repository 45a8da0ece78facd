import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { MarkFile } from '#lib/ports/operations.ts'

/** A file of one line; it is replaced whole. */
export const markFile = (path: string): MarkFile => ({
  read: async () => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    const at = new Date(text.trim())
    return Number.isNaN(at.getTime()) ? null : at
  },
  write: async (at) => {
    const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
    await writeFile(draft, `${at.toISOString()}\n`, { mode: 0o600, flag: 'wx', flush: true })
    await rename(draft, path)
  },
})
