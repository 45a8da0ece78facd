import type { Tracing } from './tracing.ts'

// the start command and Next each load a copy of this file: what traces belongs to the process
const key = Symbol.for('porte-cles.tracing')
const shared = globalThis as { [key]?: Tracing | undefined }

/** Undefined while traces are off. */
export const tracing = (): Tracing | undefined => shared[key]

/** Switches traces on for this process. Their packages are loaded here alone. */
export const startTracing = async (endpoint: string): Promise<Tracing> => {
  const { otlpTracing } = await import('./otlp.ts')
  shared[key] ??= otlpTracing(endpoint)
  return shared[key]
}

/** Hands on what was gathered, and traces no more. */
export const stopTracing = async (): Promise<void> => {
  const stopping = shared[key]
  shared[key] = undefined
  // a collector that is away is no reason to end late, or otherwise than in order
  await stopping?.close().catch(() => {})
}
