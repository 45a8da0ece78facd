'use client'

import type { ReactElement } from 'react'
import type { FailureCode, Field } from '#lib/domain/failure-codes.ts'
import { Fault } from '../fields/field-error.tsx'
import { useForm } from '../forms/form-context.ts'
import { withWait } from '../forms/wait-text.ts'

/** What the page already knew to be wrong with a field, with the button that repairs it. */
export interface KnownFault {
  code: FailureCode
  shown: ReactElement
}

/** The fault to show at a field: the answer's own, else what the page knew, unless the answer speaks of something else. */
export const useFault = (name: Field, known?: KnownFault): ReactElement | null => {
  const { state, messages } = useForm()
  const problem = state.problems.find(({ field }) => field === name)
  if (!problem) return state.problems.length > 0 ? null : (known?.shown ?? null)
  if (known?.code === problem.code) return known.shown
  if (!messages) return null
  const { cause, fix, step } = messages.failures[problem.code] ?? messages.unexpected
  return (
    <Fault labels={messages} cause={cause} fix={withWait(fix, problem, messages)}>
      {step ? <a href={step.href}>{step.label}</a> : null}
    </Fault>
  )
}
