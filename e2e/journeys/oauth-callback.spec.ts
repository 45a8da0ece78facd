import { expectAccessible } from '../harness/accessibility.ts'
import { expect, fillSignIn, keyPage, newAdmin, test, tokenRequests } from '../harness/customer.ts'
import {
  consent,
  expectFailure,
  expectState,
  leave,
  messages,
  refuse,
  signInAtTeamleader,
  tlGroup,
} from '../pages/tl-group-section.ts'

test.describe('signed out at the callback', () => {
  test.beforeEach(async ({ admin, customer, context, server }) => {
    await leave(admin, customer)
    const tab = await context.newPage()
    await tab.goto(keyPage)
    await tab.getByRole('button', { name: messages.shell.signOut }).click()
    await tab.waitForURL(`${server.url}/connexion`)
    await tab.close()
    await signInAtTeamleader(admin)
    await consent(admin)
    await admin.waitForURL(`${server.url}/connexion`)
  })

  test('the sign-in finishes the connection', async ({ admin, customer, server }) => {
    expect(await tokenRequests(server, customer)).toEqual([])
    await fillSignIn(admin, customer)
    await admin.waitForURL(`${server.url}${keyPage}`)
    await expectState(admin, 'connected', 'Success')
    expect(await tokenRequests(server, customer)).toMatchObject([{ status: 200 }])
  })

  test('somebody else who signs in consumes nothing, and is told so', async ({ admin, customer, server, context }) => {
    const colleague = await newAdmin(server, customer.tenantId)
    await fillSignIn(admin, colleague)
    await admin.waitForURL(`${server.url}${keyPage}`)
    await expectFailure(admin, 'other_user')
    await expectAccessible(admin)
    expect(await tokenRequests(server, customer)).toEqual([])
    await admin.getByRole('button', { name: messages.failures.other_user.action }).first().click()
    await admin.waitForURL(`${server.url}/connexion`)
    await fillSignIn(admin, customer)
    await expectState(admin, 'connected', 'Success')
    expect(context.pages()).toHaveLength(1)
  })
})

test('a refusal with its state is formatted, and no token is asked for', async ({ admin, customer, server }) => {
  await leave(admin, customer)
  await signInAtTeamleader(admin)
  await refuse(admin)
  await admin.waitForURL(`${server.url}${keyPage}`)
  await expectState(admin, 'refused', "Aucun essai pour l'instant")
  await expectFailure(admin, 'access_denied')
  await expectAccessible(admin)
  expect(await tokenRequests(server, customer)).toEqual([])
})

test('the start page without its cookie offers to start again', async ({ admin }) => {
  await admin.goto('/oauth/depart')
  await expect(admin.getByRole('heading', { name: messages.authorizationStart.lostTitle })).toBeVisible()
  await expectAccessible(admin)
  await admin.getByRole('link', { name: 'Recommencer' }).click()
  await expect(tlGroup(admin)).toBeVisible()
})
