'use client'

import { useState } from 'react'
import type { Field } from '#lib/domain/failure-codes.ts'
import { useForm } from '../forms/form-context.ts'
import { type KnownFault, useFault } from './field-problem.tsx'

interface Props {
  name: Field
  label: string
  type?: 'text' | 'password' | 'email'
  mono?: boolean
  help?: string
  optional?: string
  value?: string
  placeholder?: string
  autoComplete?: string
  /** How many characters a whole value has. */
  length?: number
  fault?: KnownFault | undefined
}

/** One line to fill in: label, value, help, and what is wrong with it. */
export const TextField = ({ name, label, type = 'text', mono, help, optional, length, fault, ...rest }: Props) => {
  const { prefix, state, answered, round, messages } = useForm()
  const id = `${prefix}${name}`
  const [typed, setTyped] = useState<{ count: number; round: number } | null>(null)
  const shownFault = useFault(name, fault)
  const value = (state.problems.length > 0 && state.values[name]) || (rest.value ?? '')
  const retype = !answered && state.retype.includes(name)
  const warned = state.warnings.some(({ field }) => field === name)
  // an answer that went well has emptied or refreshed the field since
  const count = typed?.round === round ? typed.count : value.trim().length
  const helped = Boolean(help || retype || warned || length)
  const describedBy = [shownFault && `${id}-fault`, helped && `${id}-help`].filter(Boolean).join(' ')

  return (
    <div className="field row">
      <div className="label">
        <label htmlFor={id}>{label}</label>
        {optional ? <span className="faint">{optional}</span> : null}
      </div>
      <div>
        <input
          id={id}
          name={name}
          type={type}
          className={mono ? 'mono' : undefined}
          defaultValue={value}
          placeholder={rest.placeholder}
          autoComplete={rest.autoComplete ?? 'off'}
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={shownFault ? true : undefined}
          aria-describedby={describedBy || undefined}
          onInput={length ? (event) => setTyped({ count: event.currentTarget.value.trim().length, round }) : undefined}
        />
        {shownFault ? <div id={`${id}-fault`}>{shownFault}</div> : null}
        {helped ? (
          <p className="help" id={`${id}-help`}>
            {length && count > 0 ? (
              <span className="count" data-full={count === length || undefined}>
                {count} / {length}
              </span>
            ) : null}
            {retype ? <span className="warned">{messages?.retype}</span> : null}
            {warned ? <span className="warned">{messages?.warning}</span> : null}
            {help ? <span>{help}</span> : null}
          </p>
        ) : null}
      </div>
    </div>
  )
}
