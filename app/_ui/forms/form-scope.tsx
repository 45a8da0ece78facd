'use client'

import { type ReactNode, startTransition, useActionState, useRef, useState, useTransition } from 'react'
import type { FormState } from '#lib/domain/form-state.ts'
import { FormContext, type FormMessages, noFormState, type Sending } from './form-context.ts'
import { type LostReason, lostReason } from './lost-reason.ts'

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

const isNavigation = (error: unknown) =>
  typeof error === 'object' && error !== null && 'digest' in error && String(error.digest).startsWith('NEXT_')

/**
 * The state of one form, for the form and for what stands outside it. Without script the form posts by itself; with it
 * the action is called here, since React empties a form that submits through `action`, and a failed request must not
 * cost what was typed.
 */
export const FormScope = ({
  action,
  labels: messages,
  prefix = '',
  children,
}: {
  action: FormAction
  labels: FormMessages
  prefix?: string
  children: ReactNode
}) => {
  const [posted, formAction] = useActionState(action, noFormState)
  const [answer, setAnswer] = useState<FormState | null>(null)
  const [lost, setLost] = useState<LostReason | null>(null)
  const [round, setRound] = useState(0)
  const [touched, setTouched] = useState(false)
  const [sending, setSending] = useState<Sending | null>(null)
  const [, startSending] = useTransition()
  const busy = useRef(false)
  const state = answer ?? posted

  const send = (next: Sending) => {
    if (busy.current) return
    busy.current = true
    setSending(next)
    setLost(null)
    setTouched(false)
    startSending(async () => {
      try {
        const answered = await action(state, next.form)
        startTransition(() => {
          setAnswer(answered)
          if (answered.done) setRound((before) => before + 1)
        })
      } catch (error) {
        if (isNavigation(error)) throw error
        const reason = lostReason(error, { opened: location.origin, publicUrl: messages.publicUrl })
        startTransition(() => setLost(reason))
      } finally {
        busy.current = false
        startTransition(() => setSending(null))
      }
    })
  }

  const touch = () => setTouched(true)
  const scope = {
    prefix,
    state,
    sending,
    answered: answer !== null,
    lost,
    round,
    touched,
    messages,
    formAction,
    send,
    touch,
  }
  return <FormContext value={scope}>{children}</FormContext>
}
