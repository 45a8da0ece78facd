'use client'

import { type ReactNode, useEffect, useState } from 'react'

interface Props {
  text: string
  label: string
  copy: string
  copied: string
  /** Underlined words among other buttons, instead of a framed button at a value. */
  quiet?: boolean
  /** The icon. */
  children?: ReactNode
}

export const CopyButton = ({ text, label, copy, copied, quiet = false, children }: Props) => {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2500)
    return () => clearTimeout(timer)
  }, [done])

  const onClick = () => {
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => setDone(false),
    )
  }

  return (
    <button className={quiet ? 'button quiet copy' : 'button copy'} type="button" aria-label={label} onClick={onClick}>
      {children}
      <span className="labels" aria-hidden="true">
        <span data-shown={!done || undefined}>{copy}</span>
        <span data-shown={done || undefined}>{copied}</span>
      </span>
      <span className="visually-hidden" role="status">
        {done ? copied : ''}
      </span>
    </button>
  )
}
