import { randomBytes, randomUUID } from 'node:crypto'
import type { Container } from '#lib/composition/container.ts'

const operator = { kind: 'operator' } as const

/** A new tenant whose admin saves a client secret: one value that is sealed in the database. */
export const sealSecret = async ({ createAccounts, saveSettings, store }: Container) => {
  const tenantId = await createAccounts.addTenant({ name: 'Atelier Delvaux SRL', ref: null }, operator)
  const email = `${randomUUID()}@atelier.example`
  await createAccounts.addUser({ email, role: 'admin', tenantId, password: 'une phrase assez longue' }, operator)
  const found = await store.accounts.findSignIn(email)
  if (found?.user.role !== 'admin') throw new Error('the admin is not there')
  const [clientId, clientSecret] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
  await saveSettings(found.user, 'teamleader', { revision: 0, enabled: true, clientId, clientSecret })
  return { tenantId: found.user.tenantId, clientId, clientSecret }
}
