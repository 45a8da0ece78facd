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
