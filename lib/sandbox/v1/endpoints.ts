import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Endpoint } from '../control/script.ts'
import { takeSlot } from '../rate-window.ts'
import { answer } from '../respond.ts'
import type { State } from '../state.ts'
import { type AccountBook, bookOf } from '../teamleader/records/account-book.ts'
import { describeItem } from '../teamleader/records/describe-record.ts'
import type { RecordTable } from '../teamleader/records/record-table.ts'
import type { V1Keys } from './keys.ts'
import { showCompany, showContact, showDepartment } from './record.ts'

/** 25 calls in any 5 seconds, counted by group; refused calls count too. */
const limit = 25
const windowMs = 5_000

type Form = Record<string, unknown>
type Read = { endpoint: Endpoint; respond(tables: AccountBook['tables'], form: Form): Response }

/** Thrown where V1 refuses: always 400, with a reason. */
class V1Refusal extends Error {}

const reads: Record<string, Read> = {
  helloWorld: {
    endpoint: 'v1.hello',
    respond: () =>
      new Response('Successful Teamleader API request.', { headers: { 'content-type': 'text/html; charset=UTF-8' } }),
  },
  getCompanies: { endpoint: 'v1.companies', respond: ({ companies }, form) => pageOf(companies, showCompany, form) },
  getContacts: { endpoint: 'v1.contacts', respond: ({ contacts }, form) => pageOf(contacts, showContact, form) },
  getDepartments: {
    endpoint: 'v1.departments',
    respond: ({ departments }) => Response.json(itemsOf(departments, showDepartment)),
  },
}

/** `POST /api/….php`: the obsolete API, keys in the form of every call. */
export function v1Endpoints(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  for (const [name, { endpoint, respond }] of Object.entries(reads)) {
    app.on(['GET', 'POST'], `/api/${name}.php`, async (c) => {
      const form: Form = c.req.method === 'POST' ? await c.req.parseBody().catch(() => ({})) : {}
      const [group, secret] = [textOf(form.api_group), textOf(form.api_secret)]
      return answer(state, c, { endpoint, clientId: group, connection: undefined, token: secret }, () => {
        if (isOver(state, group)) return new Response('API rate limit reached', { status: 505 })
        try {
          const { account } = authenticate(state, group, secret)
          return respond(bookOf(state, account.id).tables, form)
        } catch (refusal) {
          if (refusal instanceof V1Refusal) return Response.json({ reason: refusal.message }, { status: 400 })
          throw refusal
        }
      })
    })
  }
  return app
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function authenticate(state: State, group: string | undefined, secret: string | undefined): V1Keys {
  const keys = state.v1Keys.get(group ?? '')
  if (keys && keys.secret === secret) return keys
  throw new V1Refusal('The API key was not valid or the Teamleader account is no longer active.')
}

function isOver(state: State, group = ''): boolean {
  const key = `${group}:v1`
  const log = state.rateLog.get(key) ?? []
  state.rateLog.set(key, log)
  return takeSlot(log, limit, state.clock.now(), windowMs).over
}

type Show = (item: Record<string, unknown>, number: number) => object

const itemsOf = (table: RecordTable, show: Show, from = 0, until = Number.POSITIVE_INFINITY): object[] =>
  [...table.living()]
    .sort((a, b) => a.number - b.number)
    .slice(from, until)
    .map((version) => show(describeItem(table, version), version.number))

/** `amount` is 1 to 100 and has no default; `pageno` counts from 0. */
function pageOf(table: RecordTable, show: Show, form: Form): Response {
  const [amount, pageno] = [Number(textOf(form.amount)), Number(textOf(form.pageno) ?? 0)]
  if (!Number.isInteger(amount) || amount < 1 || amount > 100) {
    throw new V1Refusal('The parameter amount must be a number between 1 and 100.')
  }
  if (!Number.isInteger(pageno) || pageno < 0) throw new V1Refusal('The parameter pageno must be a number from 0.')
  return Response.json(itemsOf(table, show, pageno * amount, (pageno + 1) * amount))
}
