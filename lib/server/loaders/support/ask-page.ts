import 'server-only'
import { notFound } from 'next/navigation'
import { container } from '#lib/composition/container.ts'
import { askedAtOnce, type RequestKind, requestKinds } from '#lib/domain/support/bulk-request.ts'
import { requireSupport } from '#lib/server/auth/session.ts'
import { viewOf } from './support-page.ts'
import { hrefOf, type Params, readQuery, type SupportQuery } from './support-query.ts'

export type AskPage = Awaited<ReturnType<typeof readAskPage>>

/** The page that asks for a filter of support's list. */
export const askHref = (kind: RequestKind, query: SupportQuery): string => {
  const [, filter = ''] = hrefOf({ ...query, open: null }).split('?')
  return `/support/demander?for=${kind}${filter && `&${filter}`}`
}

const numberOf = (value: string | string[] | undefined) =>
  typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : null

/** Who of support's list is asked, and who is not; 404 for what cannot be asked for. */
export const readAskPage = async (params: Params) => {
  await requireSupport()
  const kind = requestKinds.find((one) => one === params.for) ?? notFound()
  const { askMany, clock } = await container()
  const query = readQuery(params)
  const { rows, partial, next } = await askMany.preview(kind, viewOf(query, clock.now()), query.cursor)
  const asked = numberOf(params.asked)
  return {
    kind,
    query,
    partial,
    limit: askedAtOnce,
    asked: rows.filter(({ skipped }) => skipped === null),
    skipped: rows.filter(({ skipped }) => skipped !== null),
    next: next && askHref(kind, { ...query, cursor: { place: next, backward: false } }),
    /** What the last requests came to. */
    result: asked === null ? null : { asked, left: numberOf(params.left) ?? 0 },
  }
}
