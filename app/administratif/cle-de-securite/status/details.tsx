import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { DiagnosticFold } from './diagnostic.tsx'
import { LastTest } from './last-test.tsx'

/** Details, for who wants to know. */
export const Details = ({ page }: { page: KeyPage }) => {
  const tested = page.view.connection !== null || page.view.lastTest !== null
  if (!tested && page.diagnostic === '') return null
  return (
    <div className="folds">
      {tested ? <LastTest page={page} /> : null}
      {page.diagnostic === '' ? null : <DiagnosticFold page={page} />}
    </div>
  )
}
