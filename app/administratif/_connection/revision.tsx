'use client'

import { useState } from 'react'
import { useForm } from '#app/_ui/forms/form-context.ts'

/**
 * Which settings the fields were filled in over. The page may learn of newer ones by itself: they do not count as seen
 * by whoever has begun to type.
 */
export const Revision = ({ name = 'revision', current }: { name?: string; current: number }) => {
  const { touched, state } = useForm()
  const [seen, setSeen] = useState(current)
  const begun = touched || state.problems.length > 0
  if (!begun && seen !== current) setSeen(current)
  return <input type="hidden" name={name} value={begun ? seen : current} />
}
