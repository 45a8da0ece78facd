import { domainToUnicode } from 'node:url'
import { eq, inArray, type SQL } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'

/** Whose address this is. Version 0.1.0 stored domains in their own letters, where they are ASCII (`xn--…`) now. */
export const hasEmail = (column: AnySQLiteColumn, email: string): SQL => {
  const at = email.lastIndexOf('@') + 1
  const domain = domainToUnicode(email.slice(at))
  if (domain === '' || domain === email.slice(at)) return eq(column, email)
  return inArray(column, [email, email.slice(0, at) + domain, email.slice(0, at) + domain.normalize('NFD')])
}
