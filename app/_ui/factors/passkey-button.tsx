'use client'

import { KeyRound } from 'lucide-react'
import { type MouseEvent, useState, useSyncExternalStore } from 'react'
import type { FormState } from '#lib/domain/form-state.ts'
import { noFormState, useForm } from '../forms/form-context.ts'

interface Props {
  /** Asks what the browser is to sign. */
  ask: (previous: FormState, form: FormData) => Promise<FormState>
  /** Whether a passkey is made, or used. */
  makes?: boolean
  /** The field that its answer is sent in. */
  field?: string
  /** What its form sends beside, as a button would. */
  name?: string | undefined
  value?: string | undefined
  label: string
  pending: string
  /** Said when the browser has none, or its user gave up. */
  givenUp: string
  kind?: 'primary' | 'plain'
}

const noChange = () => () => {}

/** Nothing to press where the browser knows no passkeys; without script it is not there. */
const useSupported = () =>
  useSyncExternalStore(
    noChange,
    () => typeof window.PublicKeyCredential === 'function',
    () => false,
  )

/** Lets the browser sign by a passkey, and sends what it signed with the rest of the form. */
export const PasskeyButton = ({
  ask,
  makes,
  field = 'passkey',
  name,
  value,
  label,
  pending,
  givenUp,
  kind = 'plain',
}: Props) => {
  const { send, sending } = useForm()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const supported = useSupported()
  if (!supported) return null

  const sign = async (options: string): Promise<string> => {
    const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser')
    const optionsJSON = JSON.parse(options)
    const answer = makes ? await startRegistration({ optionsJSON }) : await startAuthentication({ optionsJSON })
    return JSON.stringify(answer)
  }

  const run = async (form: HTMLFormElement) => {
    setBusy(true)
    setFailed(false)
    try {
      const typed = new FormData(form)
      const { given, problems } = await ask(noFormState, typed)
      // what stands against it is said by the form itself
      if (problems.length === 0) typed.set(field, await sign(given.options ?? ''))
      if (name && value !== undefined) typed.set(name, value)
      send({ pressed: value ?? null, form: typed })
    } catch {
      setFailed(true)
    } finally {
      setBusy(false)
    }
  }

  const onClick = (event: MouseEvent<HTMLButtonElement>) => {
    const { form } = event.currentTarget
    if (form && !busy && !sending) void run(form)
  }

  return (
    <>
      <button
        type="button"
        className={kind === 'primary' ? 'button primary' : 'button'}
        aria-disabled={busy || sending ? true : undefined}
        onClick={onClick}
      >
        <KeyRound className="icon" aria-hidden="true" /> <span>{busy ? pending : label}</span>
      </button>
      {failed ? (
        <p className="help" role="alert">
          <span className="warned">{givenUp}</span>
        </p>
      ) : null}
    </>
  )
}
