import { actions, type Deed, type Filled } from './actions.ts'
import { call } from './asking.ts'
import { type Cast, type Role, roles } from './cast.ts'
import { type BuiltAction, builtActions } from './discovery.ts'
import type { Ledger } from './ledger.ts'
import { pages } from './pages.ts'

/** The code of a refusal within an answer, as the form would word it. */
const codeIn = (said: string) => said.match(/"problems":\[\{"code":"(\w+)"/)?.[1]

/** Posts every action as everybody who may not, then once as somebody who may. */
export const performAll = async (cast: Cast, { rows, leaks, search, watch }: Ledger) => {
  const post = async (door: string, { button, spends, fields }: Deed, { id, pages: on }: BuiltAction, role: Role) => {
    const page = pages[on[0] ?? '']
    if (!page) throw new Error(`${door} is on no page of the matrix`)
    const cookie = spends ? await cast.signInAs(role) : cast.cookies[role]
    const form = { fields: await fields(cast), button }
    const { done, tables } = await watch(() => call(cast.house.url, page.path(cast), id, form, cookie))
    const code = codeIn(done.said)
    return { ...done, tables, code, cell: [done.told, code].filter(Boolean).join(' ') }
  }

  const refuse = async (door: string, deed: Deed, action: BuiltAction) => {
    const cells: Record<string, string> = Object.fromEntries(deed.may.map((role) => [role, 'may']))
    for (const role of roles.filter((one) => !deed.may.includes(one))) {
      const { said, told, code, tables, cell } = await post(door, deed, action, role)
      search(door, role, said, role === 'admin' || role === 'reader')
      if (tables.length > 0) leaks.push(`${door}, done by ${role}, changed ${tables.join(', ')} of tenant A`)
      // a stranger does it to tenant B, and a button tells nothing
      if (role !== 'stranger' && !deed.button && told === '200' && !code) leaks.push(`${door} did not refuse ${role}`)
      cells[role] = cell
    }
    rows.push({ door, cells })
  }

  /** A post that could never do anything would leave tenant A as it was, too. */
  const prove = async (door: string, deed: Deed, action: BuiltAction) => {
    if ('none' in deed.proof) return
    const fields: Filled = deed.proof.fields ?? deed.fields
    const { said, tables, cell } = await post(door, { ...deed, fields }, action, deed.proof.as)
    search(door, deed.proof.as, said, true)
    if (tables.length === 0)
      leaks.push(`${door}, done by ${deed.proof.as}, changed nothing (${cell}): nothing is proven`)
  }

  const built = builtActions()
  for (const step of [refuse, prove])
    for (const [door, deed] of Object.entries(actions)) {
      const action = built.get(door)
      // what no page uses is not built, and cannot be called
      if (action) await step(door, deed, action)
    }
}
