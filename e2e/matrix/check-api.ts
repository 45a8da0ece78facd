import { endpoints, type Program, programHeaders, programs } from './api-callers.ts'
import type { Report } from './results.ts'
import type { MatrixAccounts } from './test-users.ts'

/** These may have what is tenant A's. */
const insiders: Program[] = ['key of A', 'platform key']

/** Asks every route of the API with every key. */
export const requestAll = async (accounts: MatrixAccounts, { rows, leaks, expect, search, watch }: Report) => {
  const headers = await programHeaders(accounts)
  for (const [endpoint, { path, answers }] of Object.entries(endpoints)) {
    const cells: Record<string, string> = {}
    const [method = 'GET'] = endpoint.split(' ')
    const sendRequest = async (program: Program) => {
      const asked = { method, headers: headers[program], ...(method !== 'GET' && { body: '{}' }) }
      const answer = await fetch(`${accounts.server.apiUrl}${path}`, asked)
      const content = await answer.text()
      cells[program] = String(answer.status)
      expect(endpoint, program, String(answer.status), answers[program])
      if (!answer.ok || !insiders.includes(program))
        search(endpoint, program, `${JSON.stringify([...answer.headers])}\n${content}`, false)
    }
    const { tables } = await watch(async () => {
      for (const program of programs) if (!insiders.includes(program)) await sendRequest(program)
    })
    if (tables.length > 0) leaks.push(`asking for ${endpoint} changed ${tables.join(', ')} of tenant A`)
    for (const program of insiders) await sendRequest(program)
    rows.push({ endpoint, cells })
  }
}
