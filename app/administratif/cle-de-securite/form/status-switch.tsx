'use client'

import { useForm } from '#app/_ui/forms/form-context.ts'

interface Props {
  label: string
  on: boolean
  whenOn: string
  whenOff: string
}

/** « Statut »: a native checkbox. Both sentences are there, and the box itself shows the right one. */
export const StatusSwitch = ({ label, on, whenOn, whenOff }: Props) => {
  const { prefix, state } = useForm()
  const id = `${prefix}enabled`
  const checked = state.problems.length > 0 && 'enabled' in state.values ? state.values.enabled === 'on' : on
  return (
    <div className="field row">
      <label htmlFor={id}>{label}</label>
      <div className="switch">
        {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state */}
        <input type="checkbox" role="switch" id={id} name="enabled" value="on" defaultChecked={checked} />
        <p className="when-on">{whenOn}</p>
        <p className="when-off">{whenOff}</p>
      </div>
    </div>
  )
}
