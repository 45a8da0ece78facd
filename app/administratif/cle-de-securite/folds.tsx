import type { KeyPage } from '#lib/server/key-page.ts'
import { DiagnosticFold } from './diagnostic.tsx'
import { LastTest } from './last-test.tsx'

/** Details, for who wants to know. */
export const Folds = ({ page }: { page: KeyPage }) => {
  const { connection } = page.view
  if (!connection && page.diagnostic === '') return null
  return (
    <div className="folds">
      {connection ? <LastTest test={page.view.lastTest} now={page.now} /> : null}
      {page.diagnostic === '' ? null : <DiagnosticFold text={page.diagnostic} />}
    </div>
  )
}
