import { expect, test } from 'vitest'
import { isGuessable } from './password-strength.ts'

const names = ['Porte-clés', 'Atelier Delvaux SRL', 'Marie Delvaux', 'marie.delvaux@atelier-delvaux.example']

test.each([
  'password1234',
  'motdepasse1234',
  'azertyuiop123',
  'soleilsoleil12',
  'aaaaaaaaaaaaaaaa',
  'Porte-clés2026!',
  'porte-cles-marie',
  'atelierdelvaux2026',
  'ATELIER-DELVAUX-2026',
  'marie.delvaux1',
  'Delvaux.Marie1',
  'p4ssw0rd1234567',
])('%o is easily guessed', async (password) => {
  expect(await isGuessable(password, names)).toBe(true)
})

test.each(['quatre mots à la suite', 'une phrase assez longue', 'x7$kQ2!mPz9w', 'Marie aime les tomates mûres'])(
  '%o is not',
  async (password) => {
    expect(await isGuessable(password, names)).toBe(false)
  },
)

test('an accent composed by another keyboard makes no difference', async () => {
  const [composed, taken] = ['Élodie-Éloïse12', 'Élodie-Éloïse12'.normalize('NFD')]
  const known = ['Élodie Éloïse']
  expect(await Promise.all([isGuessable(composed, known), isGuessable(taken, known)])).toEqual([true, true])
})
