'use client'

import { DoneNotice } from '#app/_ui/forms/done-notice.tsx'
import { useForm } from '#app/_ui/forms/form-context.ts'

/** What was answered to the question that is gone. */
export const Decided = ({ texts }: { texts: Record<string, string> }) => {
  const { state } = useForm()
  return <DoneNotice text={texts[state.given.answer ?? '']} />
}
