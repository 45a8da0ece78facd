import { expect, test } from 'vitest'
import { exportedNames, otherExports } from './server-actions.ts'

test('the reader of exports sees every form', () => {
  const load = "'use server'\nimport { formAction } from '../http/server-action.ts'\n"
  const ours = `${load}export const a = formAction(form, () => test('x'))\nexport type B = 1\nconst c = (admin) => admin`
  const others = [
    'export const d = (admin) => admin',
    'export async function e(admin) {}',
    'export default function (admin) {}',
    'export { c }',
    "export { f } from '../auth/session.ts'",
    "export * from '../auth/session.ts'",
    'export const g = formAction(form, run), h = (admin) => admin',
    'export const i = buttonAction(route, run)',
  ]
  const refused = (text: string) => otherExports({ path: 'x.ts', text, exported: exportedNames(text) })
  expect(refused(ours)).toEqual([])
  expect(others.map((other) => refused(`${ours}\n${other}`).length)).toEqual(others.map(() => 1))
  expect(refused(ours.replace('../http/server-action.ts', './server-action.ts'))).toHaveLength(1)
})
