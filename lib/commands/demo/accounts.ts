import type { Container } from '#lib/composition/container.ts'

export const demoTenants = {
  atelier: { name: 'Atelier Delvaux SRL', ref: '48213', stands: 'rien n’est connecté' },
  vandenbroeck: { name: 'Vandenbroeck & Fils NV', ref: '51907', stands: 'connecté' },
  claes: { name: 'Schrijnwerkerij Claes BV', ref: '50364', stands: 'encore avec la version V1' },
  lambert: { name: 'Imprimerie Lambert SA', ref: '49120', stands: 'en panne, à reconnecter' },
} as const

/** Who lives in the demo. The passwords are printed: they protect nothing. */
export const demoPeople = [
  {
    tenant: demoTenants.atelier,
    role: 'admin',
    name: 'Marie Delvaux',
    email: 'marie.delvaux@atelier-delvaux.example',
    password: 'demo-atelier-delvaux',
  },
  {
    tenant: demoTenants.atelier,
    role: 'reader',
    name: 'Luc Peeters',
    email: 'luc.peeters@atelier-delvaux.example',
    password: 'demo-luc-peeters',
  },
  {
    tenant: demoTenants.vandenbroeck,
    role: 'admin',
    name: 'Jean-Baptiste Vandenbroeck',
    email: 'jean-baptiste.vandenbroeck@vandenbroeck-fils.example',
    password: 'demo-vandenbroeck',
  },
  {
    tenant: demoTenants.claes,
    role: 'admin',
    name: 'Annelies Claes',
    email: 'annelies.claes@schrijnwerkerij-claes.example',
    password: 'demo-annelies-claes',
  },
  {
    tenant: demoTenants.lambert,
    role: 'admin',
    name: 'Thomas Lambert',
    email: 'thomas.lambert@imprimerie-lambert.example',
    password: 'demo-thomas-lambert',
  },
  {
    tenant: null,
    role: 'support',
    name: 'Nadia Benali',
    email: 'support@pro-plus.example',
    password: 'demo-support-pro-plus',
  },
] as const

/** Creates them; who is there already stays as they are. */
export const seedAccounts = async ({ createAccounts, store }: Container): Promise<void> => {
  const operator = { kind: 'operator' } as const
  for (const { tenant, ...person } of demoPeople) {
    if (await store.accounts.findSignIn(person.email)) continue
    const known = tenant && (await store.accounts.findTenantByRef(tenant.ref))
    const tenantId = tenant && (known?.id ?? (await createAccounts.addTenant(tenant, operator)))
    await createAccounts.addUser({ ...person, tenantId }, operator)
  }
}
