import type { ActionSpec, Filled } from './action-spec.ts'
import { actions } from './actions.ts'
import { type BuiltAction, builtActions } from './discovery.ts'
import { call } from './http-request.ts'
import { pages } from './pages.ts'
import type { Report } from './results.ts'
import { type MatrixAccounts, mayKnow, type Role, roles } from './test-users.ts'

/** The code of a refusal within an answer, as the form would word it. */
const codeIn = (content: string) => content.match(/"problems":\[\{"code":"(\w+)"/)?.[1]

/** Posts every action as everybody who may not, then once as somebody who may. */
export const performAll = async (accounts: MatrixAccounts, { rows, leaks, search, watch }: Report) => {
  /** @param own whether the answer may tell what is tenant A's. */
  const post = async (endpoint: string, spec: ActionSpec, { id, pages: on }: BuiltAction, role: Role, own: boolean) => {
    const { button, fields } = spec
    const page = pages[on[0] ?? '']
    if (!page) throw new Error(`${endpoint} is on no page of the matrix`)
    const typed = await fields(accounts)
    const { reported, content } = await call(
      accounts.server.url,
      page.path(accounts),
      id,
      { fields: typed, button },
      accounts.cookies[role],
    )
    const code = codeIn(content)
    search(endpoint, role, content, own, Object.values(typed))
    return { reported, code, cell: [reported, code].filter(Boolean).join(' ') }
  }

  const refuse = async (endpoint: string, spec: ActionSpec, action: BuiltAction) => {
    const others = roles.filter((role) => !spec.may.includes(role))
    const tryAs = async (role: Role) => {
      const { reported, code, cell } = await post(endpoint, spec, action, role, mayKnow(role, endpoint))
      // a stranger does it to tenant B, and a button tells nothing
      if (role !== 'stranger' && !spec.button && reported === '200' && !code)
        leaks.push(`${endpoint} did not refuse ${role}`)
      return [role, cell] as const
    }
    const { done, tables } = await watch(() => Promise.all(others.map(tryAs)))
    if (tables.length > 0)
      leaks.push(`${endpoint}, done by ${others.join(', ')}, changed ${tables.join(', ')} of tenant A`)
    rows.push({ endpoint, cells: Object.fromEntries([...done, ...spec.may.map((role) => [role, 'may'] as const)]) })
  }

  /** A post that could never do anything would leave tenant A as it was, too. */
  const prove = async (endpoint: string, spec: ActionSpec, action: BuiltAction) => {
    if ('none' in spec.proof) return
    const { as, fields = spec.fields }: { as: Role; fields?: Filled } = spec.proof
    const { done, tables } = await watch(() => post(endpoint, { ...spec, fields }, action, as, true))
    if (tables.length === 0) leaks.push(`${endpoint}, done by ${as}, changed nothing (${done.cell}): nothing is proven`)
  }

  const built = builtActions()
  for (const step of [refuse, prove])
    for (const [endpoint, spec] of Object.entries(actions)) {
      const action = built.get(endpoint)
      // what no page uses is not built, and cannot be called
      if (action) await step(endpoint, spec, action)
    }
}
