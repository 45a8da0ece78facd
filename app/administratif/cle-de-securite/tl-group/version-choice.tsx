'use client'

import { useForm } from '#app/_ui/forms/form-context.ts'

/** « Version de l'API »: which version's fields are seen follows the choice by style alone. */
export const VersionChoice = ({ label, shown }: { label: string; shown: 'V1' | 'V2' }) => {
  const { state } = useForm()
  const chosen = (!state.done && state.values.apiVersion) || shown
  return (
    <div className="field row" role="radiogroup" aria-labelledby="api-version">
      <span className="label" id="api-version">
        {label}
      </span>
      <div>
        <div className="segments">
          {['V1', 'V2'].map((version) => (
            <label key={version}>
              <input type="radio" name="apiVersion" value={version} defaultChecked={version === chosen} /> {version}
            </label>
          ))}
        </div>
      </div>
    </div>
  )
}
