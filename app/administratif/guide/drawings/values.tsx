import { Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from '#app/_ui/display/copy-button.tsx'
import { copyLabels } from './copy-messages.ts'
import { Marker } from './drawing.tsx'

/** What goes where, in the order of the marks in the drawing. */
export const Values = ({ children }: { children: ReactNode }) => <ol className="values">{children}</ol>

export const Value = ({ n, children }: { n: number; children: ReactNode }) => (
  <li className="value">
    <Marker n={n} />
    <div>{children}</div>
  </li>
)

interface ReadProps {
  id: string
  label: string
  help?: string
  text: string
  mono?: boolean
}

/** A value to take along as it is. */
export const ReadValue = async ({ id, label, help, text, mono = false }: ReadProps) => {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <div className="with-button">
        <output className={mono ? 'mono read' : 'read'} id={id} aria-describedby={help ? `${id}-help` : undefined}>
          {text}
        </output>
        <CopyButton text={text} {...(await copyLabels(label))}>
          <Copy className="icon" aria-hidden="true" />
        </CopyButton>
      </div>
      {help ? (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
    </>
  )
}
