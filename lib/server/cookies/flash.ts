import 'server-only'
import { container } from '#lib/composition/container.ts'
import { type FailureCode, isFailureCode } from '#lib/domain/failure-codes.ts'
import { ownCookie } from './own-cookie.ts'

const lifeS = 300

export interface Notice {
  code: FailureCode
  at: Date
}

/** Tells this browser's next page under `path` how something ended: a code of ours and a time, nothing else. */
const noticeIn = (name: string, path: string) => {
  const cookie = ownCookie({ name, path, maxAge: lifeS })
  return {
    leave: async (code: FailureCode): Promise<void> => {
      const { clock } = await container()
      await cookie.write(`${code}.${clock.now().getTime()}`)
    },
    read: async (): Promise<Notice | null> => {
      const [code = '', at = ''] = (await cookie.read())?.split('.') ?? []
      return isFailureCode(code) && /^\d{13}$/.test(at) ? { code, at: new Date(Number(at)) } : null
    },
    clear: cookie.clear,
  }
}

/** What a return from the consent page came to. */
export const { leave: leaveNotice, read: readNotice, clear: clearNotice } = noticeIn('porte-cles-notice', '/')

/** Why a sign-in failed elsewhere: no page beyond the sign-in has anything to say of it. */
export const signInNotice = noticeIn('porte-cles-sign-in', '/connexion')
