import { createHash } from 'node:crypto'
import type { Random } from '../teamleader/generator/random.ts'

/** `detail` is what only a single dossier shows. */
export type Dossier = { summary: Record<string, unknown> & { id: number }; detail: Record<string, unknown> }

const names: [firstName: string | null, lastName: string | null][] = [
  ['Aïcha', 'Ben Salah'],
  ['Zoé', 'Lefèvre'],
  ['Jean-François', "L'Hôpital"],
  [null, 'MARTIN'],
  ['Maximilien-Alexandre Barthélemy', 'de La Rochefoucauld-Montmorency d’Aubigné-Sainte-Hermine'],
  ['  Noëlle ', 'Nguyễn Thị Ánh'],
  ['<img src=x onerror=alert(1)>', 'Dupont & fils'],
  ['=HYPERLINK("http://evil.example")', '+33 Durand'],
  ['Łukasz', 'Ożóg'],
  ['يوسف', 'الحداد'],
  ['O’Néill "Bob"', null],
  ['🙂', '-Tiret'],
]
const phones = ['+33 6 12 34 56 78', '0612345678', null, '', '06.12.34.56.78 (après 18 h)']
const services = ['Bilan de compétences', 'VAE', 'Insertion — « Rebond »', 'Accompagnement à la création d’entreprise']
const statuses = ['prospect', 'en_cours', 'termine', 'abandon', null]
const comments = [null, '', 'Rappeler mardi.\r\nPuis relancer l’OPCO.', `${'Compte rendu d’entretien. '.repeat(400)}`]

/** The row's turn in `values`: dirt that comes back regularly, not at random. */
const turn = <T>(values: readonly T[], index: number): T => values[index % values.length] as T

/** Dates begin again after a year: none lies ahead, however many dossiers there are. */
const spanMinutes = 365 * 1440
const firstMs = Date.UTC(2025, 0, 6, 7, 30)

/** `2025-01-06T08:30:00+01:00`, an hour ahead like France in winter. */
export const dateTimeAt = (ms: number): string => `${new Date(ms + 3_600_000).toISOString().slice(0, 19)}+01:00`

const dateTime = (minutesAfterFirst: number): string => dateTimeAt(firstMs + minutesAfterFirst * 60_000)

/** Numbers of one instance are not another's. */
export const firstNumber = (teoId: string): number =>
  100_000 * (1 + (createHash('sha256').update(teoId).digest().readUInt32BE() % 20_000))

/** Somebody changed its status, or how to reach the person. */
export function editedDossier({ summary, detail }: Dossier, random: Random, updatedAt: string): Dossier {
  const change = random.pick([
    { status: random.pick(statuses) },
    { phone: random.pick(phones) },
    { email: `nouvelle-adresse-${random.below(1_000)}@exemple.example` },
  ])
  return { summary: { ...summary, ...change, updatedAt }, detail }
}

/** The same dossiers on every start, as people type them in. */
export function makeDossier(id: number, index: number): Dossier {
  const [firstName, lastName] = turn(names, index)
  const service = index % 6 === 5 ? null : turn(services, index)
  return {
    summary: {
      '@id': `/api/production/dossiers/${id}`,
      '@type': 'Dossier',
      id,
      firstName,
      lastName,
      email: index % 5 === 3 ? null : `beneficiaire-${id}@exemple.example`,
      phone: turn(phones, index),
      status: turn(statuses, index),
      service: service === null ? null : { '@type': 'Service', id: 10 + services.indexOf(service), name: service },
      createdAt: dateTime((index * 1440) % spanMinutes),
      updatedAt: dateTime(((index * 1440) % spanMinutes) + (index % 4) * 560 + 7),
    },
    detail: {
      birthDate: turn(['1987-04-25', null, '1999-12-31'], index),
      address: turn([{ street: '12 bis, rue de l’Abbé-Grégoire', zipCode: '75006', city: 'Paris' }, null], index),
      comment: turn(comments, index),
    },
  }
}
