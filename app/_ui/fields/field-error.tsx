import type { ReactNode } from 'react'
import type { Tone } from '#lib/domain/connections/connection-view.ts'

interface Props {
  id?: string
  labels: { cause: string; fix: string }
  cause: ReactNode
  fix: ReactNode
  tone?: Tone
  children?: ReactNode
}

/** What went wrong at a field, why, and what repairs it; joined to the field by its place and by `aria-describedby`. */
export const Fault = ({ id, labels, cause, fix, tone = 'bad', children }: Props) => (
  <div className="fault" id={id} data-tone={tone}>
    <dl>
      <dt>{labels.cause}</dt>
      <dd>{cause}</dd>
      <dt>{labels.fix}</dt>
      <dd>{fix}</dd>
    </dl>
    {children ? <div className="actions">{children}</div> : null}
  </div>
)
