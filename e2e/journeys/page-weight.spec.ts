import { gzipSync } from 'node:zlib'
import { expect, keyPage, test } from '../harness/customer.ts'
import { connect, expectState } from '../pages/tl-group-section.ts'

test('« Clé de sécurité » asks no foreign host, and its scripts weigh at most 190 kB on a first visit', async ({
  admin,
  server,
  customer,
}) => {
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  const fresh = await admin.context().newPage()
  const scripts: Promise<number>[] = []
  const foreign: string[] = []
  fresh.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  fresh.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      scripts.push(response.body().then((body) => gzipSync(body).length))
  })
  await fresh.goto(keyPage, { waitUntil: 'networkidle' })
  await expectState(fresh, 'connected', 'Success')
  const weight = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0)
  expect(foreign).toEqual([])
  expect(weight).toBeGreaterThan(0)
  expect(weight / 1000).toBeLessThanOrEqual(190)
})

test('every page forbids what it does not need, and nothing it does breaks that', async ({ admin }) => {
  const broken: string[] = []
  admin.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text())
  })
  admin.on('pageerror', (error) => broken.push(String(error)))
  const answer = await admin.goto(keyPage)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  for (const part of ["default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "'strict-dynamic'"])
    expect(policy).toContain(part)
  expect(policy).not.toContain('unsafe')
  expect(answer?.headers()['x-powered-by']).toBeUndefined()
  await admin.getByRole('switch', { name: 'Statut' }).first().uncheck()
  await admin.getByRole('button', { name: 'Enregistrer' }).first().click()
  await expect(admin.locator('[aria-invalid="true"]').first()).toBeVisible()
  expect(broken).toEqual([])
})
