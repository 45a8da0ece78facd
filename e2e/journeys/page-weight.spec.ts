import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, keyPage, test } from '../harness/customer.ts'
import { companiesPage, records } from '../pages/lists-page.ts'
import { copied } from '../pages/sync-page.ts'
import { connect, expectState } from '../pages/tl-group-section.ts'

/** Kilobytes of scripts of a first visit, compressed, and which other hosts were asked. */
const weigh = async (page: Page, url: string, path: string) => {
  const scripts: Promise<number>[] = []
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) foreign.push(request.url())
  })
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      scripts.push(response.body().then((body) => gzipSync(body).length))
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  return { foreign, weight: (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) / 1000 }
}

test('« Clé de sécurité » asks no foreign host, and its scripts weigh at most 190 kB on a first visit', async ({
  admin,
  server,
  customer,
}) => {
  await connect(admin, customer)
  await expectState(admin, 'connected', 'Success')
  const fresh = await admin.context().newPage()
  const { foreign, weight } = await weigh(fresh, server.url, keyPage)
  await expectState(fresh, 'connected', 'Success')
  expect(foreign).toEqual([])
  expect(weight).toBeGreaterThan(0)
  expect(weight).toBeLessThanOrEqual(190)
})

test('the lists and their records ask no foreign host, and their scripts weigh at most 150 kB', async ({
  admin,
  server,
  customer,
}) => {
  await copied(server, customer)
  const list = await weigh(await admin.context().newPage(), server.url, companiesPage)
  await admin.goto(companiesPage)
  const record = (await records(admin).getByRole('link').first().getAttribute('href')) ?? ''
  const one = await weigh(await admin.context().newPage(), server.url, record)
  for (const { foreign, weight } of [list, one]) {
    expect(foreign).toEqual([])
    expect(weight).toBeGreaterThan(0)
    expect(weight).toBeLessThanOrEqual(150)
  }
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
