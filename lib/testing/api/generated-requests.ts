import type { Random } from '#lib/sandbox/teamleader/generator/random.ts'
import type { OpenApi } from './document-check.ts'

export interface Generated {
  method: string
  /** As it is sent, with its query. */
  target: string
  headers: Record<string, string>
  body: string | null
}

/** What of the world a request may name. */
export interface Known {
  keys: readonly string[]
  tenants: readonly string[]
  /** Values that were answered, by the parameter that takes them. */
  values: Record<'cursor' | 'id' | 'if-none-match' | 'path', readonly string[]>
}

interface Schema {
  enum?: readonly string[]
  type?: string | string[]
  format?: string
  minimum?: number
  maximum?: number
  properties?: Record<string, Schema>
}

const wild = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e9',
    '1.5',
    'null',
    'true',
    '[]',
    '{}',
    '*',
    '..',
    '.',
    'constructor',
    '__proto__',
    "' or 1=1 --",
  ],
  ...[
    'é',
    '日本',
    '\u0000',
    '😀',
    '%',
    '%zz',
    '&',
    '=',
    '+',
    'a'.repeat(2_000),
    '99999999999999999999',
    '2026-02-30T00:00:00Z',
  ],
]
const ascii = (text: string) => text.replace(/[^\x20-\x7e]/g, '?').trim()

/** Requests after the document: what it describes, and what is near it. */
export const requestsOf = ({ paths, components: { schemas } }: OpenApi, random: Random, known: Known) => {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const pick = <T>(of: readonly T[]): T => of[random.below(of.length)] as T

  const fitting = (name: string, { enum: values, type, format, minimum = 0, maximum = 1_000 }: Schema): string => {
    if (Object.hasOwn(known.values, name)) return pick(known.values[name as keyof Known['values']])
    if (values) return pick(values)
    if (type === 'integer') return String(minimum + random.below(Math.min(maximum - minimum, 1_000) + 1))
    if (format === 'date-time') return new Date(Date.UTC(2020 + random.below(10), random.below(12), 1)).toISOString()
    return pick(wild)
  }
  const valueFor = (name: string, schema: Schema) => (random.chance(0.7) ? fitting(name, schema) : pick(wild))

  const headersOf = (parameters: { name: string; in: string; schema: object }[]) => {
    const headers: Record<string, string> = {}
    if (random.chance(0.95)) headers.authorization = pick(['', 'Basic x', ...known.keys.map((key) => `Bearer ${key}`)])
    if (random.chance(0.5)) headers.accept = pick(['*/*', 'application/json', 'application/x-ndjson', 'text/html'])
    if (random.chance(0.1)) headers.prefer = pick(['wait=0', 'wait', 'respond-async', 'wait=x', 'return=minimal'])
    for (const { name, schema } of parameters.filter((parameter) => parameter.in === 'header')) {
      if (name === 'prefer' || random.chance(0.6)) continue
      headers[name] = ascii(name === 'porte-cles-tenant' ? pick([...known.tenants, ...wild]) : valueFor(name, schema))
    }
    return headers
  }

  const bodyOf = (media: { schema: object } | undefined): string | null => {
    if (!media || random.chance(0.3)) return null
    if (random.chance(0.2)) return pick([...wild, ' '.repeat(17 * 1_024), '{"min_ttl":', '[1]'])
    const { $ref = '' } = media.schema as { $ref?: string }
    const { properties = {} } = (schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}) as Schema
    const members = Object.entries(properties).filter(() => random.chance(0.5))
    return JSON.stringify(
      Object.fromEntries(
        members.map(([name, of]) => [name, random.chance(0.7) ? Number(fitting(name, of)) : pick(wild)]),
      ),
    )
  }

  return (): Generated => {
    const { path, method, operation } = pick(operations)
    const { parameters = [], requestBody } = operation
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const schema = parameters.find((parameter) => parameter.name === name)?.schema ?? {}
      return encodeURIComponent(valueFor(name, schema))
    })
    const query = parameters
      .filter((parameter) => parameter.in === 'query' && random.chance(0.35))
      .map(({ name, schema }) => `${name}=${encodeURIComponent(valueFor(name, schema))}`)
    if (random.chance(0.03)) query.push(`${encodeURIComponent(pick(wild))}=1`)
    const at = random.chance(0.02)
      ? pick([`${filled}/`, '/', '/api', `${filled}/${encodeURIComponent(pick(wild))}`, '//', '/%zz'])
      : filled
    return {
      method: random.chance(0.05) ? pick(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) : method,
      target: query.length > 0 ? `${at}?${query.join('&')}` : at,
      headers: headersOf(parameters),
      body: bodyOf(requestBody?.content['application/json']),
    }
  }
}
