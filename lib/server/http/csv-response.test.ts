import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Locale, locales } from '#lib/domain/accounts/user.ts'
import { type Cell, csvLines, csvName, csvResponse } from './csv-response.ts'

describe('a cell', () => {
  test.each<[Cell, string]>([
    ['Atelier Delvaux', 'Atelier Delvaux'],
    ['', ''],
    [null, ''],
    [-12.5, '-12.5'],
    ['semi;colon', '"semi;colon"'],
    ['she said "no"', '"she said ""no"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['comma, stays', '"comma, stays"'],
    // what a spreadsheet would run
    ['=1+1', '"\'=1+1"'],
    ['=HYPERLINK("https://evil.example";"x")', '"\'=HYPERLINK(""https://evil.example"";""x"")"'],
    ['+32 2 123 45 67', '"\'+32 2 123 45 67"'],
    ['-2+3', '"\'-2+3"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    ['\t=1+1', '"\'\t\'=1+1"'],
    ['\r=1+1', '"\'\r\'=1+1"'],
    ['\n=1+1', '"\'\n\'=1+1"'],
    [' =1+1', '"\' =1+1"'],
    ['＝1+1', '"\'＝1+1"'],
    ['＋1', '"\'＋1"'],
    ['－1', '"\'－1"'],
    ['＠SUM(A1)', '"\'＠SUM(A1)"'],
    // what one would run that is set to another separator
    ['Delvaux;=1+1', '"Delvaux;\'=1+1"'],
    ['Delvaux,=1+1', '"Delvaux,\'=1+1"'],
    ['Delvaux, @SUM(A1)', '"Delvaux,\' @SUM(A1)"'],
    ['Delvaux\t+1', '"Delvaux\t\'+1"'],
    ['Delvaux\n＝1+1', '"Delvaux\n\'＝1+1"'],
    ['-1,1+cmd|A0', '"\'-1,1+cmd|A0"'],
    // what only looks like it
    ['-12.5', '-12.5'],
    ['-12,5', '"-12,5"'],
    ['-7', '-7'],
    ['a=b', 'a=b'],
    ['é', 'é'],
    ['‮txt.exe', '‮txt.exe'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('%o is written %s', (cell, written) => {
    expect(csvLines([[cell]], 'fr')).toBe(`${written}\r\n`)
  })
})

test.each<[Locale, string]>([
  ['fr', 'a;1;\r\nb\r\n'],
  ['nl', 'a;1;\r\nb\r\n'],
  ['en', 'a,1,\r\nb\r\n'],
])('rows are lines, whose cells are parted in %s as %o', (locale, lines) => {
  expect(csvLines([['a', 1, null], ['b']], locale)).toBe(lines)
})

test('a cell of hostile text begins no formula, whatever separator the file is opened with', () => {
  const hostile = fc.array(fc.constantFrom(...'=+-@＝＋－＠;,\t\r\n "\'1a'), { maxLength: 12 })
  fc.assert(
    fc.property(hostile, fc.constantFrom(...locales), (signs, locale) => {
      const [line = ''] = csvLines([[signs.join('')]], locale).split(/(?<=\r\n)$/)
      const parts = line.replace(/^"|"?\r\n$/g, '').split(/[;,\t\r\n]/)
      const formulas = parts.filter((part) => /^\s*[=+\-@＝＋－＠]/.test(part))
      expect(/^-\d+([.,]\d+)?$/.test(signs.join('')) ? [] : formulas).toEqual([])
    }),
  )
})

test.each([
  [['journal', 'Atelier Delvaux SRL', '2026-11-22'], 'journal_atelier-delvaux-srl_2026-11-22.csv'],
  [['journal', 'Société «Œil»\r\nX: y/../z'], 'journal_societe-il-x-y-z.csv'],
  [['journal', '株式会社', '2026-11-22'], 'journal_2026-11-22.csv'],
])('%o names the file %s', (parts, name) => {
  expect(csvName(...parts)).toBe(name)
})

test('a response is streamed as it is read, and reading stops when nobody takes it', async () => {
  let made = 0
  let ended = false
  async function* batches() {
    try {
      for (;;) yield [[`row ${++made}`]]
    } finally {
      ended = true
    }
  }
  const response = csvResponse({ name: 'x.csv', locale: 'fr', head: ['head'] }, batches())
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="x.csv"')
  const reader = response.body?.getReader()
  const bytes = Buffer.concat(
    [(await reader?.read())?.value ?? [], (await reader?.read())?.value ?? []].map(Buffer.from),
  )
  expect(bytes.toString()).toBe('\uFEFFhead\r\nrow 1\r\n')
  await reader?.cancel()
  expect(ended).toBe(true)
  expect(made).toBeLessThan(4)
})
