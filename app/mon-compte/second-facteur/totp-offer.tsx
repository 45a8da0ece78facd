'use client'

import { useForm } from '#app/_ui/forms/form-context.ts'

interface Props {
  sealed: string
  secret: string
  qr: { size: number; path: string }
  labels: { read: string; qr: string; noCamera: string }
}

/** What the app reads: after a mistyped code the same as before, without script as well. */
export const Offer = ({ labels, ...first }: Props) => {
  const { state } = useForm()
  const { sealed = first.sealed, secret = first.secret, size = first.qr.size, path = first.qr.path } = state.given
  return (
    <div className="field row">
      <span className="label">{labels.read}</span>
      <div className="qr-line">
        <input type="hidden" name="sealed" value={sealed} />
        <svg
          className="qr"
          viewBox={`0 0 ${size} ${size}`}
          role="img"
          aria-label={labels.qr}
          shapeRendering="crispEdges"
        >
          <path d={path} />
        </svg>
        <div>
          <p className="help">{labels.noCamera}</p>
          <code className="read">{secret.match(/.{1,4}/g)?.join(' ')}</code>
        </div>
      </div>
    </div>
  )
}
