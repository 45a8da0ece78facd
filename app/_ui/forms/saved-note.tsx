'use client'

import { useForm } from './form-context.ts'

/** Says that the last press was heard; announced, since the page may look the same. */
export const SavedNote = () => {
  const { state, sending, lost, touched, messages } = useForm()
  return (
    <p className="saved" role="status">
      {state.done && !sending && !lost && !touched ? messages?.saved : ''}
    </p>
  )
}
