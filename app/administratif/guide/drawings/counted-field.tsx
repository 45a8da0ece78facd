'use client'

import { type ReactNode, useState } from 'react'
import { CopyButton } from '#app/_ui/display/copy-button.tsx'
import { useFault } from '#app/_ui/fields/field-problem.tsx'
import { useForm } from '#app/_ui/forms/form-context.ts'
import type { Field } from '#lib/domain/failure-codes.ts'

interface Props {
  name: Extract<Field, 'integrationName' | 'shortDescription'>
  label: string
  help: string
  value: string
  longest: number
  copy: { label: string; copy: string; copied: string }
  /** The icon of copying. */
  children: ReactNode
}

/** A value to change if one likes, then to take along; its characters are counted as they are typed. */
export const CountedField = ({ name, label, help, value, longest, copy, children }: Props) => {
  const { state } = useForm()
  const fault = useFault(name)
  const initial = (state.problems.length > 0 && state.values[name]) || value
  const [typed, setTyped] = useState<string | null>(null)
  const shown = (typed ?? initial).trim()
  return (
    <>
      <label htmlFor={name}>{label}</label>
      <div className="with-button">
        <input
          type="text"
          id={name}
          name={name}
          defaultValue={initial}
          maxLength={longest}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${name}-fault ${name}-help` : `${name}-help`}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <CopyButton text={shown} {...copy}>
          {children}
        </CopyButton>
      </div>
      {fault ? <div id={`${name}-fault`}>{fault}</div> : null}
      <p className="help" id={`${name}-help`}>
        <span className="count live" data-full={(shown !== '' && shown.length <= longest) || undefined}>
          {shown.length} / {longest}
        </span>
        {help}
      </p>
    </>
  )
}
