'use client'

import {
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useId,
  useRef,
  useState,
  useTransition,
} from 'react'
import type { FormState } from '#lib/domain/form-state.ts'
import { beginRequest } from './activity.ts'
import { FormContext, type FormMessages, noFormState, type Sending } from './form-context.ts'
import { type LostReason, lostReason } from './lost-reason.ts'
import { mayLeave, setUnsaved } from './unsaved.ts'

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
  keeps = true,
  children,
}: {
  action: FormAction
  labels: FormMessages
  prefix?: string
  /** False where nothing typed is lost by leaving: it only opens something. */
  keeps?: boolean
  children: ReactNode
}) => {
  const [posted, formAction] = useActionState(action, noFormState)
  const [answer, setAnswer] = useState<FormState | null>(null)
  const [lost, setLost] = useState<LostReason | null>(null)
  const [round, setRound] = useState(0)
  const [touched, setTouched] = useState(false)
  const [unsaved, markUnsaved] = useState(false)
  const id = useId()
  const [sending, setSending] = useState<Sending | null>(null)
  const [, startSending] = useTransition()
  const busy = useRef(false)
  const state = answer ?? posted

  const send = (next: Sending) => {
    if (busy.current) return
    // what the other forms hold does not come along
    if (next.pressed === 'connect' && !mayLeave(id)) return
    busy.current = true
    const answered = beginRequest()
    const typed = unsaved
    setSending(next)
    setLost(null)
    setTouched(false)
    markUnsaved(false)
    startSending(async () => {
      try {
        const after = await action(state, next.form)
        startTransition(() => {
          setAnswer(after)
          if (after.done) setRound((before) => before + 1)
          else if (typed) markUnsaved(true)
        })
      } catch (error) {
        if (isNavigation(error)) throw error
        const reason = lostReason(error, { opened: location.origin, publicUrl: messages.publicUrl })
        startTransition(() => {
          setLost(reason)
          if (typed) markUnsaved(true)
        })
      } finally {
        busy.current = false
        answered()
        startTransition(() => setSending(null))
      }
    })
  }

  useEffect(() => {
    setUnsaved(id, keeps && unsaved)
    return () => setUnsaved(id, false)
  }, [id, keeps, unsaved])

  const touch = () => {
    setTouched(true)
    markUnsaved(true)
  }
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
