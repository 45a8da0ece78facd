import 'server-only'
import { cookies } from 'next/headers'
import { authorizationLifeMs } from '#lib/domain/authorization/pending-authorization.ts'
import { cookieOptions } from '../cookies/cookie-options.ts'
import { stepPath } from '../http/guide-path.ts'
import { homePathOf } from '../http/home-path.ts'

const name = 'porte-cles-way-back'
const path = '/oauth/callback'

/** Notes in this browser which of our pages it leaves from; what it holds is never an address. */
export const saveReturnPath = async (fromGuide: boolean): Promise<void> => {
  const maxAge = fromGuide ? authorizationLifeMs / 1000 : 0
  ;(await cookies()).set(name, 'guide', await cookieOptions({ maxAge, path }))
}

/** Where a connection that was made is told: where its authorization began. */
export const takeReturnPath = async (): Promise<string> => {
  const jar = await cookies()
  if (!jar.has(name)) return homePathOf('admin')
  jar.set(name, '', await cookieOptions({ maxAge: 0, path }))
  return stepPath('connect').href
}
