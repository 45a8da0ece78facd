import { type Random, sharedId } from './random.ts'

const reference = (type: string) => (random: Random) => ({ type, id: sharedId(type, random.below(50)) })

/** One definition for each kind of value that the specification allows. */
const definitions: ((random: Random) => unknown)[] = [
  (random) => random.pick(['092980616', '', 'Vu au salon\nà rappeler', '=1+1', '<i>oui</i>']),
  (random) => random.below(1_000_000),
  (random) => random.below(100_000) / 100 - 250,
  (random) => random.chance(0.5),
  (random) => random.pick(['2024-02-29', '1999-12-31', '2026-01-01']),
  (random) => random.pick([['Bronze'], ['Argent', 'Or'], []]),
  (random) => ({ amount: random.below(10_000) / 100, currency: 'EUR' }),
  (random) => random.pick(['https://fiche.example/a?b=c&d=e', 'fiche.example', 'javascript:alert(1)']),
  (random) => `contact+${random.below(100)}@champ.example`,
  reference('company'),
  reference('contact'),
  reference('product'),
  reference('user'),
]

const named = definitions.map((valueIn, index) => ({
  valueIn,
  definition: { type: 'customFieldDefinition', id: sharedId('customFieldDefinition', index) },
}))

/** Of each definition a value now and then, and sometimes none in the place of one. */
export const customFields = (random: Random): object[] =>
  named.flatMap(({ definition, valueIn }) => {
    const chance = random.next()
    if (chance > 0.35) return []
    return [{ definition, value: chance < 0.25 ? valueIn(random) : null }]
  })
