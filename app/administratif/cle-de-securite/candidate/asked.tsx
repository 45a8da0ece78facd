'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { isAnswering } from '#app/_ui/forms/activity.ts'

/** A question takes the focus of whom it answers, and of nobody who is at something else. */
export const Asked = ({ labelledBy, children }: { labelledBy: string; children: ReactNode }) => {
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isAnswering()) section.current?.focus()
  }, [])
  return (
    <section className="question" data-asks="" tabIndex={-1} aria-labelledby={labelledBy} ref={section}>
      {children}
    </section>
  )
}
