import { ask } from './http-request.ts'
import { type Page, pages } from './pages.ts'
import type { Ledger } from './results.ts'
import { routes } from './routes.ts'
import { type Cast, mayKnow, type Role, roles } from './test-users.ts'

const everyMethod = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const isOfA = (role: Role) => role === 'admin' || role === 'reader'

/** Opens every page and asks every route as everybody. */
export const visitAll = async (cast: Cast, { rows, leaks, expect, search, watch }: Ledger) => {
  const { house, cookies } = cast

  const visit = async (door: string, page: Page, role: Role) => {
    const path = page.path(cast)
    const own = page.bearer === true || mayKnow(role, door)
    const { reported, content } = await ask(house.url, path, cookies[role])
    expect(door, role, reported, page.answers[role])
    search(door, role, content, own)
    if (door in pages && reported !== '200') {
      // what Next's own script would be given in the place of the page
      const ahead = await ask(house.url, path, cookies[role], { headers: { rsc: '1' } })
      search(door, role, ahead.content, own)
    }
    return [role, reported] as const
  }

  for (const [door, page] of Object.entries<Page>({ ...pages, ...routes })) {
    const insiders = roles.filter((role) => isOfA(role) && page.answers[role] === '200')
    const outsiders = roles.filter((role) => !insiders.includes(role))
    const { done, tables } = await watch(() => Promise.all(outsiders.map((role) => visit(door, page, role))))
    if (tables.length > 0) leaks.push(`asking for ${door} changed ${tables.join(', ')} of tenant A`)
    const inside = await Promise.all(insiders.map((role) => visit(door, page, role)))
    rows.push({ door, cells: Object.fromEntries([...done, ...inside]) })
  }

  const refuseMethods = async ([door, route]: [string, (typeof routes)[string]]) => {
    for (const method of everyMethod.filter((one) => !route.methods.some((served) => served === one))) {
      const { reported } = await ask(house.url, route.path(cast), cookies.admin, { method })
      expect(`${method} ${door}`, 'admin', reported, '405')
    }
  }
  await Promise.all(Object.entries(routes).map(refuseMethods))
}
