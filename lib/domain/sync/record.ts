import type { SyncedList } from './list.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A record as it is stored: the allowed fields of what a provider sent, and what lists sort and filter by. */
export interface SyncedRecord {
  /** The provider's own name of it. */
  id: string
  body: { [key: string]: Json }
  /** The same text for the same content, whatever order it came in: what a digest is made of. */
  canonical: string
  name: string
  status: string | null
  addedAt: Date | null
  updatedAt: Date | null
}

const longestId = 200
const longestName = 300

/** Neither database stores a NUL in JSON, and PostgreSQL no half of a surrogate pair. */
const storable = (text: string) => (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text).toWellFormed()

/** A value as both databases store it, its keys in order. */
const clean = (value: unknown): Json => {
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return null
  const sent = value as Record<string, unknown>
  const keys = Object.keys(sent).sort()
  return Object.fromEntries(keys.map((key) => [storable(key), clean(sent[key])]))
}

const dated = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** ISO 8601 with an offset, as both providers write it; anything else is no date. */
const readDate = (value: Json | undefined): Date | null => {
  if (typeof value !== 'string' || !dated.test(value)) return null
  const at = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(at) || at < 0 ? null : new Date(at)
}

const keyOf = (value: unknown) => {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' && text.length <= longestId && storable(text) === text ? text : null
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value.trim() : '')

/** @returns null for what names no record: it cannot be stored, told apart or asked for again. */
export const readRecord = (list: SyncedList, row: unknown): SyncedRecord | null => {
  if (typeof row !== 'object' || row === null) return null
  const sent = row as Record<string, unknown>
  const id = keyOf(sent[list.key])
  if (id === null) return null
  const body = Object.fromEntries(
    list.fields.filter((field) => sent[field] !== undefined).map((field) => [field, clean(sent[field])]),
  )
  const name = list.nameFields.map((field) => textOf(body[field])).filter((part) => part !== '')
  const status = body[list.statusField]
  return {
    id,
    body,
    canonical: JSON.stringify(body),
    name: storable(name.join(' ').slice(0, longestName)),
    status: typeof status === 'string' ? storable(status.slice(0, 50)) : null,
    addedAt: list.addedField === null ? null : readDate(body[list.addedField]),
    updatedAt: list.updatedField === null ? null : readDate(body[list.updatedField]),
  }
}
