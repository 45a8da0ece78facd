import { type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'

/** The columns of an order, and where in each a page begins. */
export type Order = { column: AnySQLiteColumn; value: string | number | Date | undefined }[]

/** `(a, b, c) > (1, 2, 3)`, which one index answers where `or` would need three. */
export const beyond = (order: Order, forward: boolean): SQL => {
  const columns = sql.join(
    order.map(({ column }) => sql`${column}`),
    sql`, `,
  )
  const values = sql.join(
    order.map(({ column, value }) => sql`${sql.param(value, column)}`),
    sql`, `,
  )
  return forward ? sql`(${columns}) > (${values})` : sql`(${columns}) < (${values})`
}
