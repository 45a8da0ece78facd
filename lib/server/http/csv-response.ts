import type { Locale } from '#lib/domain/accounts/user.ts'

export type Cell = string | number | null

/** As spreadsheets expect it in each language: where the comma is the decimal sign, it parts no cells. */
const separators: Record<Locale, string> = { fr: ';', nl: ';', en: ',' }

/**
 * What a spreadsheet takes for a formula: at the start of a cell, and after whatever may part cells, since a file can be
 * opened with another separator than its own.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /(?<=^|[;,])(?=[\t\r\n])|(?<=^|[;,\t\r\n])(?=[^\S\t\r\n]*[=+\-@＝＋－＠])/g

const negative = /^-\d+([.,]\d+)?$/

const quote = (text: string) => (/[";,\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const cellOf = (cell: Cell) => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  // an apostrophe in front keeps it text
  return quote(negative.test(cell) ? cell : cell.replace(formula, "'"))
}

/**
 * Rows as a spreadsheet of this language opens them, a line each.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export const csvLines = (rows: readonly (readonly Cell[])[], locale: Locale): string =>
  rows.map((row) => `${row.map(cellOf).join(separators[locale])}\r\n`).join('')

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

interface CsvFile {
  name: string
  /** Whose spreadsheet opens it. */
  locale: Locale
  /** The first line. */
  head: readonly string[]
}

/** The one way that data leaves as CSV. Streams batch after batch as they are taken, so that memory stays flat. UTF-8, and says so to Excel. */
export const csvResponse = ({ name, locale, head }: CsvFile, batches: AsyncIterable<readonly Cell[][]>): Response => {
  const encoder = new TextEncoder()
  const rest = batches[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${csvLines([head], locale)}`)),
    pull: async (stream) => {
      const { done, value } = await rest.next()
      if (done) stream.close()
      else stream.enqueue(encoder.encode(csvLines(value, locale)))
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
