import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { TestApp } from '../app/test-app.ts'

export interface Change {
  id: string
  kind: ListId
  change: number
  changed_at: string
  deleted_at: string | null
  web_url: string | null
  data: Record<string, unknown> | null
}

export interface Page {
  data: Change[]
  next_cursor: string
  has_more: boolean
  complete_at: string | null
  proven_at: string | null
}

const operator = { kind: 'operator' } as const

/** Copied data, as a back end asks the API for it. */
export const dataClient = ({ app }: Pick<TestApp, 'app'>, url: string) => {
  const keyFor = async (tenantId: TenantId | null, scopes = ['teamleader:data:read']) => {
    const key = await app.manageApiKeys.create({ name: 'Pro+', tenantId, scopes }, operator)
    if (key === null) throw new Error('the key was not made')
    return key
  }

  const get = (key: string, path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } })

  const page = async (key: string, path: string, headers: Record<string, string> = {}): Promise<Page> => {
    const answer = await get(key, path, headers)
    if (answer.status !== 200) throw new Error(await answer.text())
    return (await answer.json()) as Page
  }

  /** All that is behind a cursor, in pages. */
  const follow = async (key: string, list: ListId, cursor: string | null = null, query = 'limit=500') => {
    const changes: Change[] = []
    let from = cursor
    for (;;) {
      const { data, next_cursor, has_more } = await page(key, `${list}?${query}${from ? `&cursor=${from}` : ''}`)
      changes.push(...data)
      from = next_cursor
      if (!has_more) return { changes, cursor: from }
    }
  }

  /** The lines of an export, the last one apart. */
  const lines = async (key: string, path: string) => {
    const answer = await get(key, path, { accept: 'application/x-ndjson' })
    const all = (await answer.text()).trimEnd().split('\n')
    const last = JSON.parse(all.pop() ?? '') as { next_cursor: string }
    return { changes: all.map((line) => JSON.parse(line) as Change), cursor: last.next_cursor }
  }

  return { keyFor, get, page, follow, lines }
}
