export interface SpanName {
  /** What is done, never for whom: no path, no query, no name, no secret. */
  name: string
  kind: 'server' | 'client' | 'internal'
  attributes?: Record<string, string | number>
}

export interface Tracing {
  /** A span around work; what it calls and awaits is within it. */
  run<T>(name: SpanName, work: () => Promise<T>): Promise<T>
  /** The same for work whose end is told later. */
  open(name: SpanName, work: () => void): (ended: Pick<SpanName, 'name' | 'attributes'> & { failed: boolean }) => void
  /** Something that took so long and has just ended, within a span. */
  note(name: SpanName, ms: number): void
  /** Resolves once what was gathered is handed on. */
  close(): Promise<void>
}

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
