'use client'

import { type ReactNode, useEffect } from 'react'
import { useForm } from '#app/_ui/forms/form-context.ts'

interface Props {
  /** Id of the fold that holds the details. */
  fold: string
  see: string
  children: ReactNode
}

/** What the test that was just asked for came to; it opens the details, once. */
export const TestNote = ({ fold, see, children }: Props) => {
  const { state, sending, lost } = useForm()
  useEffect(() => {
    const details = document.getElementById(fold)
    if (state.done && details instanceof HTMLDetailsElement) details.open = true
  }, [state, fold])
  const shown = state.done && !sending && !lost
  return (
    <p className="status-message" role="status">
      {shown ? (
        <>
          <span>{children}</span> <a href={`#${fold}-reads`}>{see}</a>
        </>
      ) : null}
    </p>
  )
}
