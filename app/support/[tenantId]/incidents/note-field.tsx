'use client'

import { type ReactNode, useId } from 'react'
import { useFault } from '#app/_ui/fields/field-problem.tsx'
import { useForm } from '#app/_ui/forms/form-context.ts'

interface Props {
  label: string
  help: string
  /** The note that there is. */
  value: string
}

/** A few sentences to write, and what is wrong with them. */
export const NoteField = ({ label, help, value }: Props) => {
  const { state } = useForm()
  const id = useId()
  const fault = useFault('note')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name="note"
        rows={4}
        defaultValue={state.values.note ?? value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${id}-fault ${id}-help` : `${id}-help`}
      />
      {fault ? <div id={`${id}-fault`}>{fault}</div> : null}
      <p className="help" id={`${id}-help`}>
        {help}
      </p>
    </div>
  )
}

/** Folded until somebody writes; open beside a problem, and folded again once all went well. */
export const NoteFold = ({ summary, children }: { summary: ReactNode; children: ReactNode }) => {
  const { state, round } = useForm()
  return (
    <details key={round} open={state.problems.length > 0}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
