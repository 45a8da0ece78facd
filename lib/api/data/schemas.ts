import { z } from '@hono/zod-openapi'
import type { Deleted } from '#lib/domain/sync/feed/feed-position.ts'
import type { ListId, SyncedList } from '#lib/domain/sync/list.ts'

const deleted = ['exclude', 'include', 'only'] as const satisfies readonly Deleted[]

/** A number as a query writes it. */
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most))

/** What may be asked of a list; an unknown parameter is refused, since it would be ignored otherwise. */
export const feedQuery = z.strictObject({
  cursor: z.string().min(1).max(1_000).optional().openapi({
    description: 'The `next_cursor` of the answer before, however long ago: what changed since comes next.',
  }),
  limit: whole(1, 500)
    .default(100)
    .openapi({ type: 'integer', minimum: 1, maximum: 500, default: 100, description: 'Records of a page.' }),
  updated_since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .openapi({
      type: 'string',
      format: 'date-time',
      description: 'Where to begin, by `changed_at`; of no effect beside a cursor.',
    }),
  deleted: z.enum(deleted).optional().openapi({
    description:
      'Which tombstones come. `include` by default: whoever follows must hear of deletions. An NDJSON export from the beginning leaves them out by default, but for records that are deleted while it runs.',
  }),
})

export type FeedQuery = z.output<typeof feedQuery>

const schemaNames: Record<ListId, string> = {
  companies: 'Company',
  contacts: 'Contact',
  departments: 'Department',
  dossiers: 'Dossier',
}

const instant = () => z.iso.datetime()

export const recordOf = ({ id, fields }: SyncedList) =>
  z
    .strictObject({
      id: z.string().openapi({ description: 'The provider’s own.' }),
      kind: z.literal(id),
      change: z.int().openapi({ description: 'The number of its last change: higher than of all before.' }),
      changed_at: instant(),
      deleted_at: instant().nullable(),
      web_url: z.string().nullable().openapi({ description: 'Its page at the provider, where there is one.' }),
      data: z
        .strictObject(Object.fromEntries(fields.map((field) => [field, z.unknown().optional()])))
        .nullable()
        .openapi({ description: 'The provider’s own names and values; null in a tombstone.' }),
    })
    .openapi(schemaNames[id])

export const pageOf = (record: ReturnType<typeof recordOf>, { id }: SyncedList) =>
  z
    .strictObject({
      data: z.array(record).openapi({ description: 'By change number, each record once, as it last was.' }),
      next_cursor: z.string().openapi({ description: 'Keep it: it pages, and resumes weeks later.' }),
      has_more: z.boolean(),
      complete_at: instant()
        .nullable()
        .openapi({ description: 'When the copy last reached the newest change; null during its first run.' }),
      proven_at: instant().nullable().openapi({ description: 'When it was last counted to be complete.' }),
    })
    .openapi(`${schemaNames[id]}Page`)
