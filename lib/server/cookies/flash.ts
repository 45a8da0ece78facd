import 'server-only'
import { cookies } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import { type FailureCode, isFailureCode } from '#lib/domain/failure-codes.ts'
import { cookieOptions } from './cookie-options.ts'

const lifeS = 300

export interface Notice {
  code: FailureCode
  at: Date
}

/** Tells this browser's next page under `path` how something ended: a code of ours and a time, nothing else. */
const noticeIn = (name: string, path: string) => ({
  leave: async (code: FailureCode): Promise<void> => {
    const { clock } = await container()
    const options = await cookieOptions({ maxAge: lifeS, path })
    ;(await cookies()).set(name, `${code}.${clock.now().getTime()}`, options)
  },
  read: async (): Promise<Notice | null> => {
    const [code = '', at = ''] = (await cookies()).get(name)?.value.split('.') ?? []
    return isFailureCode(code) && /^\d{13}$/.test(at) ? { code, at: new Date(Number(at)) } : null
  },
  clear: async (): Promise<void> => {
    ;(await cookies()).delete({ name, path })
  },
})

/** What a return from the consent page came to. */
export const { leave: leaveNotice, read: readNotice, clear: clearNotice } = noticeIn('porte-cles-notice', '/')

/** Why a sign-in failed elsewhere: no page beyond the sign-in has anything to say of it. */
export const signInNotice = noticeIn('porte-cles-sign-in', '/connexion')
