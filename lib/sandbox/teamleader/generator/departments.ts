import { Random } from './random.ts'
import { foldName, type RecordKind } from './record-kind.ts'
import { towns } from './vocabulary.ts'

const salt = 3
const known = ['Atelier', 'Bureau', 'Ancienne succursale']

const departmentName = (seed: number, number: number): string => {
  const [, town] = new Random(seed, salt, number, 1).pick(towns)
  return known[number] ?? `Succursale ${town} ${number}`
}

export const departments: RecordKind = {
  plural: 'departments',
  type: 'department',
  salt,
  filters: ['ids', 'status'],
  sorts: { name: 'name', created_at: 'added_at' },
  editable: ['name', 'status', 'vat_number', 'emails'],
  names: (seed, number) => ({ name: departmentName(seed, number) }),
  sortName: ({ name }) => foldName(name),
  make: (seed, number) => ({
    fields: {
      name: departmentName(seed, number),
      vat_number: number % 3 === 0 ? 'BE0899623035' : null,
      currency: 'EUR',
      emails: number % 3 === 0 ? [{ type: 'primary', email: 'info@atelier.example' }] : [],
      status: number % 3 === 2 ? 'archived' : 'active',
    },
    detail: () => ({ address: null, telephones: [], website: null, iban: null, bic: null }),
  }),
}
