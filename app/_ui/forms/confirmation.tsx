'use client'

import { askPasskey } from '#lib/server/actions/second-factor.ts'
import { PasskeyButton } from '../factors/passkey-button.tsx'
import { useForm } from './form-context.ts'

export interface ConfirmationLabels {
  title: string
  text: string
  password: string
  submit: string
  pending: string
  /** For whoever has no password here. */
  company: string
  passkey: string
  passkeyPending: string
  givenUp: string
}

/** What a page knows for the question: its words, and what its user can prove it by. */
export interface Confirms {
  labels: ConfirmationLabels
  proofs: { password: boolean; passkey: boolean; company: boolean }
}

interface Props extends Confirms {
  /** The field that says which button was pressed, where a form has several. */
  pressed?: string
}

/**
 * « Confirmez que c'est vous »: asked within the form whose action needs it, so that what was typed is kept, without script
 * as well.
 */
export const Confirmation = ({ labels, pressed, proofs }: Props) => {
  const { state, sending, messages, prefix } = useForm()
  const problem = state.problems.find(({ field }) => field === 'confirmPassword')
  if (!problem) return null
  const wrong = problem.code === 'confirmation_wrong'
  const id = `${prefix}confirm-password`
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would take the fields' own layout
    <div className="question" role="group" aria-labelledby={`${id}-title`} data-problem="" tabIndex={-1}>
      <h3 id={`${id}-title`}>{labels.title}</h3>
      <p>{labels.text}</p>
      {proofs.company ? (
        <p>
          <a href="/mon-compte/confirmation" target="_blank" rel="noopener">
            {labels.company}
          </a>
        </p>
      ) : null}
      {proofs.passkey ? (
        <div className="actions">
          <PasskeyButton
            ask={askPasskey}
            field="confirmPasskey"
            name={pressed}
            value={pressed ? state.values[pressed] : undefined}
            label={labels.passkey}
            pending={labels.passkeyPending}
            givenUp={labels.givenUp}
          />
        </div>
      ) : null}
      {proofs.password ? (
        <div className="field">
          <label htmlFor={id}>{labels.password}</label>
          <div className="with-button">
            <input
              type="password"
              id={id}
              name="confirmPassword"
              autoComplete="current-password"
              aria-invalid={wrong || undefined}
              aria-describedby={wrong ? `${id}-fault` : undefined}
            />
            <button
              className="button"
              type="submit"
              name={pressed}
              value={pressed ? state.values[pressed] : undefined}
              aria-disabled={sending ? true : undefined}
            >
              <span>{sending ? labels.pending : labels.submit}</span>
            </button>
          </div>
          {wrong ? (
            <p className="help" id={`${id}-fault`}>
              <span className="warned">{messages?.failures.confirmation_wrong?.cause}</span>
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
