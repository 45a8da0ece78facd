import 'server-only'
import { revalidatePath } from 'next/cache'
import { notFound } from 'next/navigation'
import { Failure } from '#lib/domain/failure.ts'
import { type ProviderId, providerIds } from '#lib/domain/provider.ts'
import type { Tenant } from '#lib/domain/tenant.ts'
import type { SupportUser } from '#lib/domain/user.ts'
import { container } from './container.ts'
import { buttonAction, formAction, textOf } from './form-action.ts'
import { currentUser } from './session.ts'

const route = '/support/[tenantId]'

/** Unlike a page's gate it never leaves the form when the session is over. */
export const requireFormSupport = async (): Promise<SupportUser> => {
  const user = await currentUser()
  if (!user) throw new Failure('session_ended')
  return user.role === 'support' ? user : notFound()
}

/** The customer that a form names, proven by the database; 404 for one there is not. */
export const requireTenant = async (form: FormData): Promise<Tenant> => {
  const { store } = await container()
  const id = textOf(form, 'tenantId')
  const tenant = isTenantId(id) ? await store.accounts.findTenant(id) : null
  return tenant ?? notFound()
}

/** What an id may look like: anything else is not asked of the database. */
export const isTenantId = (text: string): boolean => /^[\w-]{1,64}$/.test(text)

const readProvider = (form: FormData): ProviderId =>
  providerIds.find((provider) => provider === textOf(form, 'provider')) ?? notFound()

/** Draws a page of support anew for a browser that looks at it for a while. */
export const lookAgain = buttonAction('/support', async () => {
  await requireFormSupport()
  revalidatePath('/support', 'layout')
})

/** « Tester », « Réessayer maintenant », « Mettre en pause », « Remettre en marche », « Demander la reconnexion ». */
export const assist = formAction({ route, kept: [], secrets: [] }, async (form) => {
  const { id, from } = await requireFormSupport()
  const [{ id: tenantId }, provider] = [await requireTenant(form), readProvider(form)]
  const by = { id, tenantId, from: from ?? null }
  const { assistConnection, testConnection } = await container()
  const revision = Number(textOf(form, 'revision')) || 0
  const deeds = new Map<string, () => Promise<unknown>>([
    ['test', () => testConnection(by, provider)],
    ['retry', () => assistConnection.retry(by, provider)],
    ['pause', () => assistConnection.turn(by, provider, false, revision)],
    ['resume', () => assistConnection.turn(by, provider, true, revision)],
    ['ask', () => assistConnection.askToReconnect(by, provider)],
  ])
  try {
    await (deeds.get(textOf(form, 'deed')) ?? notFound)()
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})
