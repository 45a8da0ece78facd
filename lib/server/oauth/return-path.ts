import 'server-only'
import { authorizationLifeMs } from '#lib/domain/authorization/pending-authorization.ts'
import { ownCookie } from '../cookies/own-cookie.ts'
import { stepPath } from '../http/guide-path.ts'
import { homePathOf } from '../http/home-path.ts'

const cookie = ownCookie({
  name: 'porte-cles-way-back',
  path: '/oauth/callback',
  maxAge: authorizationLifeMs / 1000,
})

/** Notes in this browser which of our pages it leaves from; what it holds is never an address. */
export const saveReturnPath = async (fromGuide: boolean): Promise<void> => {
  await (fromGuide ? cookie.write('guide') : cookie.clear())
}

/** Where a connection that was made is told: where its authorization began. */
export const takeReturnPath = async (): Promise<string> => {
  if ((await cookie.read()) === null) return homePathOf('admin')
  await cookie.clear()
  return stepPath('connect').href
}
