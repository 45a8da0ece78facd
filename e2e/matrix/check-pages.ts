import { ask } from './http-request.ts'
import { type Page, pages } from './pages.ts'
import type { Report } from './results.ts'
import { routes } from './routes.ts'
import { type MatrixAccounts, mayKnow, type Role, roles } from './test-users.ts'

const everyMethod = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const isOfA = (role: Role) => role === 'admin' || role === 'reader'

/** Opens every page and asks every route as everybody. */
export const visitAll = async (accounts: MatrixAccounts, { rows, leaks, expect, search, watch }: Report) => {
  const { server, cookies } = accounts

  const visit = async (endpoint: string, page: Page, role: Role) => {
    const path = page.path(accounts)
    const own = page.bearer === true || mayKnow(role, endpoint)
    const { reported, content } = await ask(server.url, path, cookies[role])
    expect(endpoint, role, reported, page.answers[role])
    search(endpoint, role, content, own, page.bearer ? Object.values(accounts.addresses) : [])
    if (endpoint in pages && reported !== '200') {
      // what Next's own script would be given in the place of the page
      const ahead = await ask(server.url, path, cookies[role], { headers: { rsc: '1' } })
      search(endpoint, role, ahead.content, own)
    }
    return [role, reported] as const
  }

  for (const [endpoint, page] of Object.entries<Page>({ ...pages, ...routes })) {
    const insiders = roles.filter((role) => isOfA(role) && page.answers[role] === '200')
    const outsiders = roles.filter((role) => !insiders.includes(role))
    const { done, tables } = await watch(() => Promise.all(outsiders.map((role) => visit(endpoint, page, role))))
    const changed = tables.filter((table) => !(page.journaled && table === 'journal'))
    if (changed.length > 0) leaks.push(`asking for ${endpoint} changed ${changed.join(', ')} of tenant A`)
    const inside = await Promise.all(insiders.map((role) => visit(endpoint, page, role)))
    rows.push({ endpoint, cells: Object.fromEntries([...done, ...inside]) })
  }

  const refuseMethods = async ([endpoint, route]: [string, (typeof routes)[string]]) => {
    for (const method of everyMethod.filter((one) => !route.methods.some((served) => served === one))) {
      const { reported } = await ask(server.url, route.path(accounts), cookies.admin, { method })
      expect(`${method} ${endpoint}`, 'admin', reported, '405')
    }
  }
  await Promise.all(Object.entries(routes).map(refuseMethods))
}
