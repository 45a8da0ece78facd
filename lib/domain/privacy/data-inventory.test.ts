import { getTableColumns } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import * as tables from '#drizzle/sqlite.ts'
import { dataInventory, exportedColumns, type InventoryTable, topics, untils } from './data-inventory.ts'

const drawn = Object.entries(tables)

describe('what is kept', () => {
  test('every table has an entry, and there is no entry without a table', () => {
    expect(Object.keys(dataInventory).sort()).toEqual(drawn.map(([name]) => name).sort())
  })

  test.each(drawn)('every column of %s has one', (name, table) => {
    const { personal, secret, other } = dataInventory[name] as InventoryTable
    const said = [...new Set([...Object.keys(personal), ...secret, ...other])]
    expect(said.sort()).toEqual(Object.keys(getTableColumns(table)).sort())
    expect(other.filter((column) => Object.hasOwn(personal, column) || secret.includes(column))).toEqual([])
  })

  test('what is sealed or hashed is a secret', () => {
    const handedOut = Object.values(dataInventory).flatMap(exportedColumns)
    expect(handedOut.filter((column) => /sealed|hash|fingerprint/i.test(column))).toEqual([])
  })

  test('whatever tells of a person belongs to a section, and ends', () => {
    const silent = Object.entries(dataInventory).filter(
      ([, { personal, topic, until }]) => Object.keys(personal).length > 0 && (topic === null || until === null),
    )
    expect(silent).toEqual([])
    const all = Object.values(dataInventory)
    expect(topics.filter((topic) => !all.some((table) => table.topic === topic))).toEqual([])
    expect(untils.filter((until) => !all.some((table) => table.until === until))).toEqual([])
  })
})
