'use client'

import { Copy } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { CopyButton } from '#app/_ui/display/copy-button.tsx'
import { useForm } from '../forms/form-context.ts'

export interface LinkDeliveryLabels {
  /** By what was done. */
  done: Readonly<Record<string, string>>
  title: string
  text: string
  label: string
  copyLink: string
  copy: string
  copied: string
}

const check = (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    <circle className="solid" cx="12" cy="12" r="11" />
    <path className="knockout" d="m7 12.3 3.5 3.5L17 8.8" />
  </svg>
)

/** What went well, said where the button was pressed; a link that could not be mailed is shown here, this once. */
export const LinkDelivery = ({ labels }: { labels: LinkDeliveryLabels }) => {
  const { state, answered } = useForm()
  const { done, link } = state.given
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answered && state.done) notice.current?.focus()
  }, [state, answered])
  if (!state.done || (!done && !link)) return null
  return (
    <div className="notice" data-tone={link ? 'warn' : 'neutral'} role="status" tabIndex={-1} ref={notice}>
      {check}
      {link ? (
        <div>
          <p>
            <strong>{labels.title}</strong>
          </p>
          <p>{labels.text}</p>
          <div className="with-button">
            <input type="text" className="mono" readOnly value={link} aria-label={labels.label} />
            <CopyButton text={link} label={labels.copyLink} copy={labels.copy} copied={labels.copied}>
              <Copy className="icon" aria-hidden="true" />
            </CopyButton>
          </div>
        </div>
      ) : (
        <p>{labels.done[done ?? '']}</p>
      )}
    </div>
  )
}
