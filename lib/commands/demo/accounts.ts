import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'

/** Who lives in the demo. The passwords are printed: they protect nothing. */
export const demoAccounts = [
  {
    tenant: { name: 'Atelier Delvaux SRL', ref: '48213' },
    email: 'marie.delvaux@atelier-delvaux.example',
    password: 'demo-atelier-delvaux',
  },
  {
    tenant: { name: 'Vandenbroeck & Fils NV', ref: '51907' },
    email: 'jean-baptiste.vandenbroeck@vandenbroeck-fils.example',
    password: 'demo-vandenbroeck',
  },
  { tenant: null, email: 'support@pro-plus.example', password: 'demo-support-pro-plus' },
] as const

/** Creates them in the database that `settings` names; what is there already stays as it is. */
export const seedAccounts = async (settings: Record<string, string>): Promise<void> => {
  const { createAccounts, store, close } = await createContainer(parseEnv(settings))
  try {
    for (const { tenant, email, password } of demoAccounts) {
      if (await store.accounts.findSignIn(email)) continue
      const known = tenant && (await store.accounts.findTenantByRef(tenant.ref))
      const tenantId = tenant && (known?.id ?? (await createAccounts.addTenant(tenant, { kind: 'operator' })))
      const role = tenant ? 'admin' : 'support'
      await createAccounts.addUser({ email, password, role, tenantId }, { kind: 'operator' })
    }
  } finally {
    await close()
  }
}
