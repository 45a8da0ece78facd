import { writeInfo } from '../output/json-output.ts'

/** A request that was refused before any use case saw it. */
export interface RefusedRequest {
  status: number
  ip: string | null
  method?: string
  code?: string
  /** For the operator. */
  advice?: string
}

type Listener = (refused: RefusedRequest) => void

/** The start command and Next each load a copy of this file: who listens belongs to the process. */
const key = Symbol.for('porte-cles.refused-requests')
const shared = globalThis as { [key]?: Listener }

/** Once a process, when its journal is there: what was refused before is in the log alone. */
export const onRefusedRequest = (listener: Listener): void => {
  shared[key] = listener
}

/** A line of the log each time; who journals decides how often. */
export const reportRefusal = (refused: RefusedRequest): void => {
  const { ip, ...fields } = refused
  writeInfo('a request was refused', { ...fields, ...(ip && { ip }) })
  shared[key]?.(refused)
}
