'use client'

import { type FailureMessage, useForm } from './form-context.ts'

/** What is wrong with the whole of a form, and no field can show. */
export const FormNotice = () => {
  const { state, lost, messages } = useForm()
  if (!messages) return null
  const general = state.problems
    .filter(({ field }) => field === null)
    .map(({ code }) => messages.failures[code] ?? messages.unexpected)
  const noAnswer = lost && (lost === 'unexpected' ? messages.unexpected : messages.lost[lost])
  const shown: FailureMessage[] = noAnswer ? [noAnswer] : general
  return shown.map(({ cause, fix, link }) => (
    <div className="notice" data-tone="bad" data-problem="" role="alert" tabIndex={-1} key={cause}>
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path className="solid" d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" />
        <path className="knockout" d="m8.5 8.5 7 7M15.5 8.5l-7 7" />
      </svg>
      <div>
        <p>
          <strong>{cause}</strong>
        </p>
        <p>{fix}</p>
      </div>
      {link ? (
        <div className="actions">
          <a className="button" href={link.href}>
            {link.label}
          </a>
        </div>
      ) : null}
    </div>
  ))
}
