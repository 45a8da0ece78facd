'use client'

import { Copy } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { CopyButton } from '../display/copy-button.tsx'
import { useForm } from '../forms/form-context.ts'

interface Labels {
  title: string
  text: string
  label: string
  use: string
  back: string
  copyKey: string
  copy: string
  copied: string
  /** The page without the key. */
  here: string
}

/** The key that was just made, in the place of the form: nobody sees it again. */
export const NewKey = ({ labels, children }: { labels: Labels; children: ReactNode }) => {
  const { state, answered } = useForm()
  const { key, name } = state.given
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answered && key) notice.current?.focus()
  }, [key, answered])
  if (!key) return children
  return (
    <div className="form">
      <div className="notice" data-tone="neutral" role="status" tabIndex={-1} ref={notice}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <circle className="solid" cx="12" cy="12" r="11" />
          <path className="knockout" d="m7 12.3 3.5 3.5L17 8.8" />
        </svg>
        <div>
          <p>
            <strong>{labels.title}</strong>
          </p>
          <p>{labels.text}</p>
        </div>
      </div>
      <div className="field row">
        <span className="label" id="new-key">
          {labels.label}
        </span>
        <div>
          <output className="read mono key-block" aria-labelledby="new-key">
            {key}
          </output>
          <p className="help">
            <strong>{name}</strong> {labels.use}
          </p>
          <div className="actions">
            <CopyButton text={key} label={labels.copyKey} copy={labels.copy} copied={labels.copied}>
              <Copy className="icon" aria-hidden="true" />
            </CopyButton>
            <a className="button quiet" href={labels.here}>
              {labels.back}
            </a>
          </div>
        </div>
      </div>
    </div>
  )
}
