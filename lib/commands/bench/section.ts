/** One subject of `npm run bench`: a heading of docs/benchmarks.md and what stands under it. */
export interface Section {
  /** Names it on the command line. */
  name: string
  title: string
  /** It walks the built app. */
  needsBuild?: true
  /** @returns Markdown: tables, and sentences on how the cost grows */
  measure(): Promise<string>
}

export type Cell = string | number

const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`

/** A Markdown table, its first column text and all others numbers. */
export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')

/** The middle one of an odd number. */
export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
