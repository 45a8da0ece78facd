'use client'

import { useFault } from '../fields/field-problem.tsx'
import { useForm } from '../forms/form-context.ts'

export interface ScopeTable {
  legend: string
  may: string
  columns: readonly { id: string; label: string }[]
  rows: readonly { id: string; label: string; help: string; boxes: readonly { scope: string; column: string }[] }[]
  /** A right that is of no provider; null where it cannot be given. */
  metrics: { label: string; help: string } | null
}

/** What a program may do: none of it, unless it is ticked. */
export const ScopeChoice = ({ legend, may, columns, rows, metrics }: ScopeTable) => {
  const { state, prefix } = useForm()
  const fault = useFault('scopes')
  const box = (scope: string, labelledBy: string) => (
    <label>
      <input
        type="checkbox"
        name={scope}
        value="on"
        defaultChecked={state.problems.length > 0 && state.values[scope] === 'on'}
        aria-labelledby={labelledBy}
        aria-invalid={fault ? true : undefined}
      />
    </label>
  )
  const id = (name: string) => `${prefix}right-${name}`
  return (
    <fieldset className="rights">
      <legend>{legend}</legend>
      {fault}
      <table className="scopes">
        <thead>
          <tr>
            <th scope="col">{may}</th>
            {columns.map((column) => (
              <th scope="col" id={id(column.id)} key={column.id}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <span id={id(row.id)}>{row.label}</span> <small>{row.help}</small>
              </th>
              {row.boxes.map(({ scope, column }) => (
                <td key={scope}>{box(scope, `${id(row.id)} ${id(column)}`)}</td>
              ))}
            </tr>
          ))}
          {metrics ? (
            <tr>
              <th scope="row">
                <span id={id('metrics')}>{metrics.label}</span> <small>{metrics.help}</small>
              </th>
              <td colSpan={columns.length}>{box('metrics:read', id('metrics'))}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </fieldset>
  )
}
