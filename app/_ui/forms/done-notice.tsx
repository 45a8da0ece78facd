'use client'

import { useEffect, useRef } from 'react'
import { useForm } from './form-context.ts'

/** Says what was done where its form stood, and takes the focus that went with the form. @param text other words than « saved » */
export const DoneNotice = ({ text }: { text?: string | undefined }) => {
  const { state, answered, messages } = useForm()
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answered && state.done) notice.current?.focus()
  }, [state, answered])
  if (!state.done) return null
  return (
    <div className="notice" data-tone="neutral" role="status" tabIndex={-1} ref={notice}>
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <circle className="solid" cx="12" cy="12" r="11" />
        <path className="knockout" d="m7 12.3 3.5 3.5L17 8.8" />
      </svg>
      <p>{text ?? messages?.saved}</p>
    </div>
  )
}
