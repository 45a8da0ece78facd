import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'

/** A page of Teamleader as we draw it; read out as one sentence. */
export const Drawing = async ({ label, children }: { label: string; children: ReactNode }) => {
  const t = await getTranslations('guide')
  return (
    <figure className="drawing">
      <div role="img" aria-label={label}>
        {children}
      </div>
      <figcaption>{t('aDrawing')}</figcaption>
    </figure>
  )
}

/** One screen, under the address it has. */
export const Screen = ({ host, children }: { host: string; children: ReactNode }) => (
  <div className="screen">
    <p className="screen-bar">
      <i />
      <i />
      <i />
      <span>{host}</span>
    </p>
    <div className="screen-page">{children}</div>
  </div>
)

/** Ties a place of a drawing to what is said of it. */
export const Marker = ({ n }: { n: number }) => (
  <span className="marker" aria-hidden="true">
    {n}
  </span>
)

interface FieldProps {
  label: string
  n?: number
  note?: string
  children: ReactNode
}

export const DrawnField = ({ label, n, note, children }: FieldProps) => (
  <div className="drawn-field">
    {n ? <Marker n={n} /> : null}
    <p>{label}</p>
    <p className="drawn-value">{children}</p>
    {note ? <p className="drawn-note">{note}</p> : null}
  </div>
)
