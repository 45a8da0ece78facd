'use client'

import type { ReactNode } from 'react'
import { useForm } from './form-context.ts'

interface Props {
  children: ReactNode
  kind?: 'primary' | 'quiet' | 'plain' | 'danger'
  name?: string
  value?: string
  /** Id of its form, when it stands outside. */
  form?: string
  pending: string
  /** Another word for the wait, when this field was filled in. */
  pendingWith?: { field: string; text: string }
}

const classes = { primary: 'button primary', quiet: 'button quiet', plain: 'button', danger: 'button primary danger' }

/** While at work it says so and takes no second press; it is never `disabled`, which would drop the focus. */
export const SubmitButton = ({ children, kind = 'plain', name, value, form, pending, pendingWith }: Props) => {
  const { sending } = useForm()
  const pressed = sending !== null && (value ?? '') === (sending.pressed ?? '')
  const other = pressed && pendingWith !== undefined && sending.form.get(pendingWith.field)
  return (
    <button
      type="submit"
      className={classes[kind]}
      name={name}
      value={value}
      form={form}
      aria-disabled={sending ? true : undefined}
      data-pressed={pressed || undefined}
    >
      {/* elements, not bare texts: a browser that translates the page moves texts away from where they stood */}
      {pressed ? <span key="pending">{other ? pendingWith.text : pending}</span> : <span key="label">{children}</span>}
    </button>
  )
}
