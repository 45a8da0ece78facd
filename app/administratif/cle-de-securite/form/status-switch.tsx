'use client'

import { type ChangeEvent, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { onRequest, requestCount } from '#app/_ui/forms/activity.ts'
import { type FormMessages, useForm } from '#app/_ui/forms/form-context.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { type FormAction, FormScope } from '#app/_ui/forms/form-scope.tsx'
import type { ProviderId } from '#lib/domain/connections/provider.ts'

interface Box {
  provider: ProviderId
  on: boolean
  /** Nothing is stored yet: the box only is the first value of the form. */
  first: boolean
  whenOn: string
  whenOff: string
  done: { on: string; off: string; undo: string }
}

interface Props extends Box {
  label: string
  action: FormAction
  messages: FormMessages
  /** What is said where no script acts. */
  children: ReactNode
}

/** What was just done, and the way back, until somebody does anything else. */
const Undo = ({ done, back }: { done: Box['done']; back: (on: boolean) => void }) => {
  const { state, sending, lost } = useForm()
  const count = useSyncExternalStore(onRequest, requestCount, () => 0)
  const [answer, setAnswer] = useState({ state, count })
  if (answer.state !== state) setAnswer({ state, count })
  const shown = state.done && !sending && !lost && count === answer.count
  const on = state.given.enabled === 'on'
  return (
    <p className="status-message" role="status">
      {shown ? (
        <>
          <span>{on ? done.on : done.off}</span>{' '}
          <button className="link" type="button" onClick={() => back(!on)}>
            {done.undo}
          </button>
        </>
      ) : null}
    </p>
  )
}

const Switch = ({ provider, on, first, whenOn, whenOff, done, checked }: Box & { checked: boolean }) => {
  const { prefix, state, sending, lost, send } = useForm()
  const box = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer puts the box back to what is so
  useEffect(() => {
    if (!box.current || first) return
    box.current.checked = on
    box.current.defaultChecked = on
  }, [on, state, lost, first])

  const turn = (enabled: boolean) => {
    const form = new FormData()
    form.set('provider', provider)
    if (enabled) form.set('enabled', 'on')
    send({ pressed: null, form })
  }
  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    if (first) return
    if (sending) currentTarget.checked = !currentTarget.checked
    else turn(currentTarget.checked)
  }
  return (
    <>
      <div className="switch">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
          role="switch"
          id={`${prefix}enabled`}
          name="enabled"
          value="on"
          ref={box}
          defaultChecked={checked}
          aria-busy={sending !== null || undefined}
          onChange={onChange}
          // acted upon at once, it is nothing unsaved
          onInput={first ? undefined : (event) => event.stopPropagation()}
        />
        <p className="when-on">{whenOn}</p>
        <p className="when-off">{whenOff}</p>
      </div>
      {/* what was shown: only another choice than this one is a change */}
      <input type="hidden" name="enabledShown" value={on ? 'on' : ''} />
      {first ? null : <Undo done={done} back={turn} />}
    </>
  )
}

/** « Statut »: a native checkbox, which acts at once. Both sentences are there, and the box itself shows the right one. */
export const StatusSwitch = ({ label, action, messages, children, ...box }: Props) => {
  const { prefix, state } = useForm()
  const typed = state.problems.length > 0 && 'enabled' in state.values ? state.values.enabled === 'on' : box.on
  return (
    <div className="field row">
      <label htmlFor={`${prefix}enabled`}>{label}</label>
      <div>
        <FormScope action={action} labels={messages} prefix={prefix}>
          <Switch {...box} checked={box.first ? typed : box.on} />
          <FormNotice />
        </FormScope>
        <noscript>
          <p className="help">{children}</p>
        </noscript>
      </div>
    </div>
  )
}
