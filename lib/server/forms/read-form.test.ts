import { expect, test } from 'vitest'
import type { z } from 'zod'
import { Failure } from '#lib/domain/failure.ts'
import { acceptanceForm, firstSupportForm, newPasswordForm, resetRequestForm } from './account.ts'
import { candidateForm, guideStepForm, teoForm } from './connection.ts'
import { readForm, textOf } from './read-form.ts'
import { assistanceForm, firstAdminForm, newTenantForm } from './support.ts'
import { invitationForm, userOperationForm } from './users.ts'

const dataOf = (fields: Record<string, string | Blob>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

const codesOf = (schema: z.ZodType, fields: Record<string, string | Blob>) => {
  try {
    readForm(schema, dataOf(fields))
    return []
  } catch (error) {
    if (error instanceof Failure) return error.codes
    throw error
  }
}

const passphrase = 'une phrase assez longue'
const passwords = { password: passphrase, passwordAgain: passphrase }
const acceptance = { token: 't', name: ' Marie Delvaux ', ...passwords }
const first = { ...acceptance, email: ' Sophie@Support.example ' }
const invitee = { email: 'luc@atelier.example', name: 'Luc', role: 'reader' }
const tenant = { id: crypto.randomUUID(), name: ' Bois & Fils ', ref: ' 4711 ' }
const admin = { tenantId: 't', email: 'jean@bois.example', name: 'Jean', locale: 'nl' }
const create = { step: 'create', integrationName: ' Pro+  Sync ' }
const describe = { step: 'describe', shortDescription: 'Our companies' }
const operation = { userId: 'u', operation: 'to_admin', seenRole: 'reader', seenState: 'active' }

test.each([
  ['acceptance', acceptanceForm, acceptance],
  ['first support user', firstSupportForm, first],
  ['new password', newPasswordForm, { token: 't', ...passwords }],
  ['reset request', resetRequestForm, { email: first.email }],
  ['invitation', invitationForm, invitee],
  ['new tenant', newTenantForm, tenant],
  ['new tenant without a reference', newTenantForm, { ...tenant, ref: '' }],
  ['first admin', firstAdminForm, admin],
  ['guide, integration', guideStepForm, create],
  ['guide, description', guideStepForm, describe],
  ['guide, a step that asks nothing', guideStepForm, { step: 'access' }],
  ['what is done to a user', userOperationForm, operation],
  ['answer about a candidate', candidateForm, { candidateId: 'c', answer: 'keep' }],
])('%s: what is typed well is read', (_, schema, typed) => {
  expect(codesOf(schema, typed)).toEqual([])
})

test.each([
  [acceptanceForm, { ...acceptance, name: '  ' }, ['name_missing']],
  [acceptanceForm, { ...acceptance, name: 'x'.repeat(121) }, ['name_missing']],
  [acceptanceForm, { ...acceptance, password: 'court', passwordAgain: 'court' }, ['password_too_short']],
  [acceptanceForm, { ...acceptance, passwordAgain: `${passphrase}!` }, ['passwords_differ']],
  [acceptanceForm, { name: '', password: '' }, ['name_missing', 'password_too_short']],
  [newPasswordForm, { password: 'x'.repeat(201), passwordAgain: 'x'.repeat(201) }, ['password_too_long']],
  [firstSupportForm, {}, ['email_malformed', 'name_missing', 'password_too_short']],
  [resetRequestForm, { email: 'marie' }, ['email_malformed']],
  [resetRequestForm, { email: `${'x'.repeat(250)}@x.be` }, ['email_malformed']],
  [invitationForm, { ...invitee, role: 'support' }, ['role_missing']],
  [invitationForm, {}, ['email_malformed', 'person_name_missing', 'role_missing']],
  [newTenantForm, { ...tenant, name: 'x'.repeat(121) }, ['tenant_name_missing']],
  [newTenantForm, { ...tenant, ref: 'é' }, ['ref_malformed']],
  [newTenantForm, { name: ' ', ref: 'un deux' }, ['tenant_name_missing', 'ref_malformed']],
  [firstAdminForm, { tenantId: 't' }, ['email_malformed', 'person_name_missing']],
  [guideStepForm, { ...create, integrationName: 'x'.repeat(26) }, ['integration_name_length']],
  [guideStepForm, { step: 'create' }, ['integration_name_length']],
  [guideStepForm, { ...describe, shortDescription: 'x'.repeat(51) }, ['short_description_length']],
  [userOperationForm, { userId: 'u' }, ['user_changed']],
  [candidateForm, { candidateId: 'c', answer: 'else' }, ['candidate_gone']],
])('%# what is typed wrong is told at once, in the order of the fields', (schema, typed, codes) => {
  expect(codesOf(schema, typed)).toEqual(codes)
})

test.each([
  [guideStepForm, { step: 'connect' }],
  [assistanceForm, { tenantId: 't', provider: 'else', action: 'test' }],
  [assistanceForm, { tenantId: 't', provider: 'teo', action: 'toString' }],
])('%# what none of our pages sends is answered 404', (schema, typed) => {
  expect(() => codesOf(schema, typed)).toThrow('NEXT_HTTP_ERROR_FALLBACK;404')
})

test('a box that is not ticked is off, and a revision that is no number is 0', () => {
  const typed = { clientId: 'c', clientSecret: '', target: 't' }
  expect(readForm(teoForm, dataOf(typed))).toEqual({ ...typed, enabled: false, enabledShown: false, revision: 0 })
  expect(readForm(teoForm, dataOf({ ...typed, enabled: 'on', revision: '3' }))).toMatchObject({
    enabled: true,
    revision: 3,
  })
})

test('a tenant keeps the id that came with its form; anything else is replaced by a new one', () => {
  expect(readForm(newTenantForm, dataOf(tenant))).toMatchObject({ id: tenant.id })
  expect(readForm(newTenantForm, dataOf({ ...tenant, id: 'of another' })).id).toMatch(/^[0-9a-f-]{36}$/)
})

test('a file sent where text is expected reads as empty', () => {
  const data = dataOf({ email: new Blob(['x']) })
  expect(textOf(data, 'email')).toBe('')
  expect(textOf(data, 'absent')).toBe('')
  expect(codesOf(resetRequestForm, { email: new Blob(['x']) })).toEqual(['email_malformed'])
})
