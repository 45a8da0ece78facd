'use client'

import { useFault } from '#app/_ui/fields/field-problem.tsx'
import { useForm } from '#app/_ui/forms/form-context.ts'
import type { TenantRole } from '#lib/domain/accounts/user.ts'

interface Props {
  label: string
  roles: readonly { role: TenantRole; label: string; help: string }[]
}

/** What somebody who is invited may do; the least, unless chosen otherwise. */
export const RoleChoice = ({ label, roles }: Props) => {
  const { state } = useForm()
  const fault = useFault('role')
  const chosen = (state.problems.length > 0 && state.values.role) || 'reader'
  return (
    <div className="field row" role="radiogroup" aria-labelledby="role-label">
      <span className="label" id="role-label">
        {label}
      </span>
      <div>
        <div className="choices">
          {roles.map(({ role, label: name, help }) => (
            <label key={role}>
              <input type="radio" name="role" value={role} defaultChecked={role === chosen} />
              <span>
                <strong>{name}</strong> {help}
              </span>
            </label>
          ))}
        </div>
        {fault}
      </div>
    </div>
  )
}
