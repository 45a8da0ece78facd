export type Cell = string | number | null

/** A spreadsheet takes a cell that begins like this for a formula; an apostrophe in front keeps it text. */
const formula = /^[=+\-@\t\r\n]/

const quote = (text: string) => (/[";\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const cellOf = (cell: Cell) => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  return quote(formula.test(cell) ? `'${cell}` : cell)
}

/**
 * Rows as a Belgian or French Excel opens them: separated by semicolons, a line each.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export const csvLines = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('')

/** Part of a file's name: folded to letters, digits and hyphens. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)

/** « journal_atelier-delvaux-srl_2026-11-01_2026-11-22.csv »; parts without a letter or digit are left out. */
export const csvName = (...parts: string[]): string => `${parts.map(plain).filter(Boolean).join('_')}.csv`

/** Streams batch after batch as they are taken, so that memory stays flat. UTF-8, and says so to Excel. */
export const csvResponse = (name: string, head: readonly string[], batches: AsyncIterable<readonly Cell[][]>) => {
  const encoder = new TextEncoder()
  const rest = batches[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${csvLines([head])}`)),
    pull: async (stream) => {
      const { done, value } = await rest.next()
      if (done) stream.close()
      else stream.enqueue(encoder.encode(csvLines(value)))
    },
    cancel: async () => {
      await rest.return?.()
    },
  })
  const headers = {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  return new Response(body, { headers })
}
