'use client'

import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type FailureMessage, useForm } from './form-context.ts'
import { withWait } from './wait-text.ts'

const refused = (
  <>
    <path className="solid" d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" />
    <path className="knockout" d="m8.5 8.5 7 7M15.5 8.5l-7 7" />
  </>
)

const done = (
  <>
    <circle className="solid" cx="12" cy="12" r="11" />
    <path className="knockout" d="m7 12.3 3.5 3.5L17 8.8" />
  </>
)

/** These blame nobody: what was asked for is so, or under way. */
const progress = new Set<FailureCode>(['exchange_done', 'exchange_under_way'])

/** What is wrong with the whole of a form, and no field can show. */
export const FormNotice = () => {
  const { state, lost, messages } = useForm()
  if (!messages) return null
  const general = state.problems
    .filter(({ field }) => field === null)
    .map((problem) => {
      const words = messages.failures[problem.code] ?? messages.unexpected
      return { ...words, fix: withWait(words.fix, problem, messages), wrong: !progress.has(problem.code) }
    })
  const noAnswer = lost && (lost === 'unexpected' ? messages.unexpected : messages.lost[lost])
  const shown: (FailureMessage & { wrong: boolean })[] = noAnswer ? [{ ...noAnswer, wrong: true }] : general
  return shown.map(({ cause, fix, link, wrong }) => (
    <div
      className="notice"
      data-tone={wrong ? 'bad' : 'neutral'}
      data-problem=""
      role={wrong ? 'alert' : 'status'}
      tabIndex={-1}
      key={cause}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        {wrong ? refused : done}
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
