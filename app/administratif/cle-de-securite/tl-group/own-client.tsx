'use client'

import type { ReactNode } from 'react'
import { useForm } from '#app/_ui/forms/form-context.ts'

interface Props {
  /** Icon and words of the line that opens it. */
  title: ReactNode
  open: boolean
  children: ReactNode
}

/** « Utiliser ma propre intégration »: folded, unless something in it is asked or at fault. */
export const OwnClient = ({ title, open, children }: Props) => {
  const { state } = useForm()
  return (
    <details className="own-client" open={open || state.problems.length > 0}>
      <summary>{title}</summary>
      <div className="own-client-body">{children}</div>
    </details>
  )
}
