'use client'

import { createContext, useContext } from 'react'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { FormState } from '#lib/domain/form-state.ts'
import type { LostReason } from './lost-reason.ts'

export interface FailureMessage {
  cause: string
  fix: string
  /** Where the fix is, when it is a page. */
  link?: { href: string; label: string }
  /** The step of the guide that mends it. */
  step?: { href: string; label: string }
}

/** All that a form may have to say, in the user's language. */
export interface FormMessages {
  cause: string
  fix: string
  retype: string
  /** How long a limit holds, with `{count}` in it. */
  wait: { minutes: string; hours: string }
  saved: string
  warning: string
  /** No answer of ours came back. */
  lost: Record<Exclude<LostReason, 'unexpected'>, FailureMessage>
  /** Where the page should have been opened. */
  publicUrl: string
  unexpected: FailureMessage
  failures: Partial<Record<FailureCode, FailureMessage>>
}

/** What was sent and is being answered: the button pressed and the fields. */
export interface Sending {
  pressed: string | null
  form: FormData
}

export interface FormScope {
  /** Before the ids of its fields, where another form of the page has fields of the same names. */
  prefix: string
  state: FormState
  sending: Sending | null
  /** The last answer came through script, so that what was typed is still in the fields. */
  answered: boolean
  lost: LostReason | null
  /** How many answers went well: each has emptied or refreshed the fields. */
  round: number
  /** Something was typed since the last answer. */
  touched: boolean
  messages: FormMessages | null
  formAction: ((form: FormData) => void) | undefined
  send: (sending: Sending) => void
  touch: () => void
}

export const noFormState: FormState = {
  at: null,
  values: {},
  problems: [],
  warnings: [],
  done: false,
  given: {},
  retype: [],
}

export const FormContext = createContext<FormScope>({
  prefix: '',
  state: noFormState,
  sending: null,
  answered: false,
  lost: null,
  round: 0,
  touched: false,
  messages: null,
  formAction: undefined,
  send: () => undefined,
  touch: () => undefined,
})

export const useForm = () => useContext(FormContext)
