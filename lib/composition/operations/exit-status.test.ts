import { expect, test } from 'vitest'
import { Failure } from '#lib/domain/failure.ts'
import { refusalOf } from '#lib/testing/setting-refusal.ts'
import { parseEnv } from '../env.ts'
import { exitStatusOf } from './exit-status.ts'

const thrownBy = (call: () => unknown): unknown => {
  try {
    call()
  } catch (error) {
    return error
  }
}

test('settings, and a database that is not for this program, are not worth another try; what may pass is', () => {
  const wrong = { PORT: 'many' }
  expect(refusalOf(wrong)).toContain('PORT')
  expect(exitStatusOf(thrownBy(() => parseEnv(wrong)))).toBe(78)
  const storage = (errorCode: string) => new Failure('storage_unavailable', { errorCode })
  for (const lasting of ['database_newer', 'database_moved', 'database_moving'])
    expect(exitStatusOf(storage(lasting))).toBe(78)
  for (const passing of ['ECONNREFUSED', 'SQLITE_BUSY', 'database_older'])
    expect(exitStatusOf(storage(passing))).toBe(1)
  expect(exitStatusOf(Object.assign(new Error(), { code: 'EADDRINUSE' }))).toBe(1)
})
