'use client'

import type { KeyTerm } from '#lib/domain/api-keys/granting.ts'
import { useForm } from '../forms/form-context.ts'

export interface LabelledTerm {
  term: KeyTerm
  label: string
}

/** How long a key lasts; the shortest, unless chosen otherwise. */
export const TermChoice = ({ label, terms, help }: { label: string; terms: readonly LabelledTerm[]; help: string }) => {
  const { state } = useForm()
  const chosen = (state.problems.length > 0 && state.values.term) || terms[0]?.term
  return (
    <div className="field row" role="radiogroup" aria-labelledby="term-label" aria-describedby="term-help">
      <span className="label" id="term-label">
        {label}
      </span>
      <div>
        <div className="choices">
          {terms.map(({ term, label: name }) => (
            <label key={term}>
              <input type="radio" name="term" value={term} defaultChecked={term === chosen} />
              <span>{name}</span>
            </label>
          ))}
        </div>
        <p className="help" id="term-help">
          {help}
        </p>
      </div>
    </div>
  )
}
