import { expectAccessible } from './accessibility.ts'
import {
  askForCode,
  expect,
  fillSignIn,
  keyPage,
  newAdmin,
  newCustomer,
  signIn,
  test,
  tokenRequests,
} from './journey.ts'
import {
  consent,
  departureState,
  expectFailure,
  expectState,
  leave,
  refuse,
  save,
  signInAtTeamleader,
  tlGroup,
  words,
} from './tl-group.ts'

test.describe('signed out at the callback', () => {
  test.beforeEach(async ({ admin, customer, context, house }) => {
    await leave(admin, customer)
    const tab = await context.newPage()
    await tab.goto(keyPage)
    await tab.getByRole('button', { name: words.shell.signOut }).click()
    await tab.waitForURL(`${house.url}/connexion`)
    await tab.close()
    await signInAtTeamleader(admin)
    await consent(admin)
    await admin.waitForURL(`${house.url}/connexion`)
  })

  test('the sign-in finishes the connection', async ({ admin, customer, house }) => {
    expect(await tokenRequests(house, customer)).toEqual([])
    await fillSignIn(admin, customer)
    await admin.waitForURL(`${house.url}${keyPage}`)
    await expectState(admin, 'connected', 'Success')
    expect(await tokenRequests(house, customer)).toMatchObject([{ status: 200 }])
  })

  test('somebody else who signs in consumes nothing, and is told so', async ({ admin, customer, house, context }) => {
    const colleague = await newAdmin(house, customer.tenantId)
    await fillSignIn(admin, colleague)
    await admin.waitForURL(`${house.url}${keyPage}`)
    await expectFailure(admin, 'other_user')
    await expectAccessible(admin)
    expect(await tokenRequests(house, customer)).toEqual([])
    await admin.getByRole('button', { name: words.failures.other_user.action }).first().click()
    await admin.waitForURL(`${house.url}/connexion`)
    await fillSignIn(admin, customer)
    await expectState(admin, 'connected', 'Success')
    expect(context.pages()).toHaveLength(1)
  })
})

test('a refusal with its state is worded, and no token is asked for', async ({ admin, customer, house }) => {
  await leave(admin, customer)
  await signInAtTeamleader(admin)
  await refuse(admin)
  await admin.waitForURL(`${house.url}${keyPage}`)
  await expectState(admin, 'refused', "Aucun essai pour l'instant")
  await expectFailure(admin, 'access_denied')
  await expectAccessible(admin)
  expect(await tokenRequests(house, customer)).toEqual([])
})

test('a refusal without a state is worded too', async ({ admin, customer, house }) => {
  await house.sandbox.turn({ clientId: customer.integration.clientId }, { refusal_state: false })
  await leave(admin, customer)
  await signInAtTeamleader(admin)
  await refuse(admin)
  await admin.waitForURL(`${house.url}${keyPage}`)
  await expectFailure(admin, 'access_denied')
})

test('an error beside a code wins, and its hostile words are not repeated', async ({ admin, customer, house }) => {
  await leave(admin, customer)
  const state = departureState(admin)
  const hostile = encodeURIComponent('<img src=x onerror=alert(1)>')
  await admin.goto(`/oauth/callback?error=access_denied&code=abc&state=${state}&error_description=${hostile}`)
  await admin.waitForURL(`${house.url}${keyPage}`)
  await expectFailure(admin, 'access_denied')
  expect(await admin.content()).not.toContain('onerror')
  expect(await tokenRequests(house, customer)).toEqual([])
})

test('twenty returns at once, with one code, make one exchange', async ({ admin, customer, house, context }) => {
  await leave(admin, customer)
  const { location } = await askForCode(house, customer, '/oauth/callback', departureState(admin))
  await house.sandbox.script({ clientId: customer.integration.clientId }, [{ delay_before: 400 }])
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => context.request.get(location, { maxRedirects: 0 })),
  )
  for (const answer of answers) {
    expect(answer.status()).toBe(303)
    expect(answer.headers()).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect(answer.headers().location).toBe(`${house.url}${keyPage}`)
  }
  expect(await tokenRequests(house, customer)).toHaveLength(1)
  await admin.goto(location)
  await admin.waitForURL(`${house.url}${keyPage}`)
  await expectState(admin, 'connected', 'Success')
  await expect(admin.getByText(words.failures.exchange_done.cause)).toBeVisible()
  await expectAccessible(admin)
  expect(await tokenRequests(house, customer)).toHaveLength(1)
})

test('another browser is refused, and takes nothing from the first', async ({ admin, customer, house, browser }) => {
  await leave(admin, customer)
  const { location } = await askForCode(house, customer, '/oauth/callback', departureState(admin))
  const elsewhere = await browser.newPage({ baseURL: house.url })
  await signIn(elsewhere, customer)
  await elsewhere.goto(location)
  await expectFailure(elsewhere, 'state_foreign')
  expect(await tokenRequests(house, customer)).toEqual([])
  await elsewhere.close()
  await admin.goto(location)
  await expectState(admin, 'connected', 'Success')
})

for (const who of ['a colleague', 'somebody of another tenant'] as const)
  test(`${who} in the same browser is refused, and consumes nothing`, async ({ admin, customer, house }) => {
    await leave(admin, customer)
    const { location } = await askForCode(house, customer, '/oauth/callback', departureState(admin))
    const other = who === 'a colleague' ? await newAdmin(house, customer.tenantId) : await newCustomer(house)
    await admin.goto(keyPage)
    await admin.getByRole('button', { name: words.shell.signOut }).click()
    await signIn(admin, other)
    await admin.goto(location)
    await admin.waitForURL(`${house.url}${keyPage}`)
    await expectFailure(admin, 'other_user')
    expect(await tokenRequests(house, customer)).toEqual([])
    await admin.getByRole('button', { name: words.shell.signOut }).click()
    await signIn(admin, customer)
    await admin.goto(location)
    await expectState(admin, 'connected', 'Success')
  })

for (const [name, state] of Object.entries({ 'an unknown state': 'a'.repeat(43), 'an empty state': '' }))
  test(`${name} is refused without a token call`, async ({ admin, customer, house }) => {
    await save(admin, customer)
    const { code } = await askForCode(house, customer)
    await admin.goto(`/oauth/callback?code=${code}&state=${state}`)
    await admin.waitForURL(`${house.url}${keyPage}`)
    await expectFailure(admin, 'state_unknown')
    expect(await tokenRequests(house, customer)).toEqual([])
  })

test('the page of departure without its cookie offers to start again', async ({ admin }) => {
  await admin.goto('/oauth/depart')
  await expect(admin.getByRole('heading', { name: words.departure.lostTitle })).toBeVisible()
  await expectAccessible(admin)
  await admin.getByRole('link', { name: 'Recommencer' }).click()
  await expect(tlGroup(admin)).toBeVisible()
})
