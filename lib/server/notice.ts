import 'server-only'
import { cookies } from 'next/headers'
import { type FailureCode, isFailureCode } from '#lib/domain/failure-codes.ts'
import { container } from './container.ts'
import { cookieOptions } from './cookie-options.ts'

const name = 'porte-cles-notice'
const lifeS = 300

export interface Notice {
  code: FailureCode
  at: Date
}

/** Tells this browser's next page what a return from the consent page came to: a code of ours and a time, nothing else. */
export const leaveNotice = async (code: FailureCode): Promise<void> => {
  const { clock } = await container()
  ;(await cookies()).set(name, `${code}.${clock.now().getTime()}`, await cookieOptions({ maxAge: lifeS }))
}

export const readNotice = async (): Promise<Notice | null> => {
  const [code = '', at = ''] = (await cookies()).get(name)?.value.split('.') ?? []
  return isFailureCode(code) && /^\d{13}$/.test(at) ? { code, at: new Date(Number(at)) } : null
}

export const clearNotice = async (): Promise<void> => {
  ;(await cookies()).delete(name)
}
