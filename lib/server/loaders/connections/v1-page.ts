import 'server-only'
import { fieldOf, remedyOf } from '#lib/domain/failure-codes.ts'
import { type KeyPage, readConnection } from './key-page.ts'

/** The form names V1's two values otherwise. */
const fields = { clientId: 'apiGroup', clientSecret: 'apiSecret' } as const

const fieldAt = (field: NonNullable<KeyPage['problem']>['field']) =>
  field === 'clientId' || field === 'clientSecret' ? fields[field] : field

/** Keys that have no token to stand for them are only as good as their last call, passing failures included. */
const lastCall = ({ view: { lastTest } }: KeyPage): KeyPage['problem'] => {
  const code = lastTest?.reads[0]?.failure
  return code ? { code, field: fieldOf(code), remedy: remedyOf(code), at: new Date(lastTest.at), through: 'own' } : null
}

/** Teamleader's API V1: where it works it still is no place to stay, and the page says so by its tone. */
export const readV1Page = async (): Promise<KeyPage> => {
  const page = await readConnection('teamleader-v1')
  const problem = page.problem ?? lastCall(page)
  return {
    ...page,
    view: { ...page.view, tone: page.view.tone === 'ok' ? 'warn' : page.view.tone },
    problem: problem && { ...problem, field: fieldAt(problem.field) },
  }
}
