import 'server-only'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import { fieldOf, remedyOf } from '#lib/domain/failure-codes.ts'
import { type KeyPage, readConnection } from './key-page.ts'

/** The form names V1's two values otherwise. */
const fields = { clientId: 'apiGroup', clientSecret: 'apiSecret' } as const

const fieldAt = (field: NonNullable<KeyPage['problem']>['field']) =>
  field === 'clientId' || field === 'clientSecret' ? fields[field] : field

/** Keys that have no token to stand for them are only as good as their last call, passing failures included. */
const lastCall = ({ lastTest }: ConnectionView): ConnectionView['problem'] => {
  const code = lastTest?.reads[0]?.failure
  return code ? { code, at: new Date(lastTest.at), through: 'own' } : null
}

/** Where V1 works it still is no place to stay, and the page says so by its tone. */
export const viewOfV1 = (view: ConnectionView): ConnectionView => ({
  ...view,
  tone: view.tone === 'ok' ? 'warn' : view.tone,
  problem: view.problem ?? lastCall(view),
})

/** Teamleader's API V1. */
export const readV1Page = async (): Promise<KeyPage> => {
  const page = await readConnection('teamleader-v1')
  const view = viewOfV1(page.view)
  const { problem } = view
  return {
    ...page,
    view,
    problem: problem && { ...problem, field: fieldAt(fieldOf(problem.code)), remedy: remedyOf(problem.code) },
  }
}
