import 'server-only'
import { container } from '#lib/composition/container.ts'
import { isCode } from '#lib/domain/authorization/authorization-code.ts'
import { codeLifeMs } from '#lib/domain/authorization/pending-authorization.ts'
import { ownCookie } from './own-cookie.ts'

const cookie = ownCookie({ name: 'porte-cles-code', maxAge: codeLifeMs / 1000 })
const context = { purpose: 'waiting_code' } as const

/** A code that came without a state: it waits in its browser, sealed, until the admin consents. */
export interface WaitingCode {
  code: string
  /** The path of ours that it came by: its redirect URI. */
  path: '/' | '/oauth/callback'
  arrivedAt: Date
}

export const saveWaitingCode = async (code: string, path: WaitingCode['path']): Promise<void> => {
  const { vault, clock } = await container()
  const sealed = await vault.seal(JSON.stringify([code, path, clock.now().getTime()]), context)
  await cookie.write(sealed)
}

/** Null when there is none, it does not open, or its time (the one inside) is over. */
export const readWaitingCode = async (): Promise<WaitingCode | null> => {
  const sealed = await cookie.read()
  if (!sealed) return null
  const { vault, clock } = await container()
  const opened = await vault.open(sealed, context).catch(() => null)
  if (!opened) return null
  const [code, path, at] = JSON.parse(opened) as [string, WaitingCode['path'], number]
  const alive = clock.now().getTime() < at + codeLifeMs
  return alive && isCode(code) ? { code, path, arrivedAt: new Date(at) } : null
}

export const forgetWaitingCode = cookie.clear
