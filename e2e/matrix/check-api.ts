import { doors, type Program, programHeaders, programs } from './api-callers.ts'
import type { Ledger } from './results.ts'
import type { Cast } from './test-users.ts'

/** These may have what is tenant A's. */
const insiders: Program[] = ['key of A', 'platform key']

/** Asks every route of the door of back ends with every key. */
export const knockAll = async (cast: Cast, { rows, leaks, expect, search, watch }: Ledger) => {
  const headers = await programHeaders(cast)
  for (const [door, { path, answers }] of Object.entries(doors)) {
    const cells: Record<string, string> = {}
    const [method = 'GET'] = door.split(' ')
    const knock = async (program: Program) => {
      const asked = { method, headers: headers[program], ...(method !== 'GET' && { body: '{}' }) }
      const answer = await fetch(`${cast.house.doorUrl}${path}`, asked)
      const content = await answer.text()
      cells[program] = String(answer.status)
      expect(door, program, String(answer.status), answers[program])
      if (!answer.ok || !insiders.includes(program))
        search(door, program, `${JSON.stringify([...answer.headers])}\n${content}`, false)
    }
    const { tables } = await watch(async () => {
      for (const program of programs) if (!insiders.includes(program)) await knock(program)
    })
    if (tables.length > 0) leaks.push(`asking for ${door} changed ${tables.join(', ')} of tenant A`)
    for (const program of insiders) await knock(program)
    rows.push({ door, cells })
  }
}
