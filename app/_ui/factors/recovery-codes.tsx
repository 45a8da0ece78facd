'use client'

import { Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { CopyButton } from '../display/copy-button.tsx'
import { useForm } from '../forms/form-context.ts'

export interface CodeLabels {
  title: string
  text: string
  copy: string
  copied: string
  download: string
  onward: string
  added: string
}

interface Props {
  labels: CodeLabels
  /** Where its reader goes on to. */
  onward: string
}

/** Recovery codes, shown once; the button says what is claimed by pressing it. */
export const RecoveryCodes = ({ labels, onward }: Props) => {
  const { state, answered } = useForm()
  const { codes, done } = state.given
  const shown = useRef<HTMLDivElement>(null)
  // the page is drawn anew once a factor is there, when nobody is enrolling any more
  const [asked] = useState(onward)
  useEffect(() => {
    if (answered && (codes || done)) shown.current?.focus()
  }, [answered, codes, done])
  if (!codes && !done) return null
  const list = codes?.split(' ') ?? []
  const text = list.join('\n')
  return (
    <div className="recovery" role="status" tabIndex={-1} ref={shown}>
      {codes ? (
        <>
          <h3>{labels.title}</h3>
          <p>{labels.text}</p>
          <ol className="codes">
            {list.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ol>
          <div className="actions">
            <CopyButton text={text} label={labels.copy} copy={labels.copy} copied={labels.copied}>
              <Copy className="icon" aria-hidden="true" />
            </CopyButton>
            <a
              className="button"
              href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
              download="porte-cles.txt"
            >
              {labels.download}
            </a>
          </div>
        </>
      ) : (
        <p>{labels.added}</p>
      )}
      <div className="actions">
        <a className="button primary" href={asked}>
          {labels.onward}
        </a>
      </div>
    </div>
  )
}
