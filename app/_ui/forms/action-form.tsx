'use client'

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useForm } from './form-context.ts'

interface Props {
  id: string
  /** Changes with what the page knows of this form: what is stored, and what is wrong with it. */
  stamp?: string
  className?: string
  children: ReactNode
}

const resolutionMs = 2000

/** A form that works without script; with it, nothing typed is lost and the focus goes to what is wrong. */
export const ActionForm = ({ id, stamp = '', className = 'form', children }: Props) => {
  const { state, sending, answered, lost, touched, formAction, send, touch } = useForm()
  const form = useRef<HTMLFormElement>(null)
  const answeredAt = useRef(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed later is no reason to look again
  useEffect(() => {
    // what was typed while the answer was on its way is not part of it
    if (answered && state.done && !touched) form.current?.reset()
  }, [state, answered])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these is an answer
  useEffect(() => {
    answeredAt.current = performance.now()
  }, [state, answered, lost])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the page may learn of the answer a moment after it came
  useEffect(() => {
    // what changes long after the answer takes no focus from anybody
    if (performance.now() - answeredAt.current > resolutionMs) return
    if (!lost && (!answered || state.done)) return
    // what no field is to blame for is told where the status is
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem]')
    const target = wrong ?? form.current?.closest('section')?.querySelector<HTMLElement>('[data-outcome]')
    target?.focus()
  }, [state, answered, lost, stamp])

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const pressed = submitter instanceof HTMLButtonElement ? submitter.value : null
    send({ pressed, form: new FormData(event.currentTarget, submitter) })
  }

  return (
    <form
      ref={form}
      id={id}
      className={className}
      action={formAction}
      onSubmit={onSubmit}
      onInput={touch}
      noValidate
      aria-busy={sending !== null}
    >
      {children}
    </form>
  )
}
