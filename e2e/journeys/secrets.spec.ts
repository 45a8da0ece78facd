import { jeanBaptiste, marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { AppServer } from '../harness/app-server.ts'
import { findSecrets, invent, listen } from '../harness/canary.ts'
import { askForCode, expect, fillSignIn, keyPage, newCustomer, signIn, test } from '../harness/customer.ts'
import {
  expectFailure,
  expectState,
  fillClient,
  leave,
  messages,
  press,
  stateFromCookie,
  tlGroup,
} from '../pages/tl-group-section.ts'

test('secrets, codes and tokens of a whole journey stand nowhere but in ciphertext', async ({ browser }) => {
  const server = await AppServer.open()
  const context = await browser.newContext({ baseURL: server.url, locale: 'fr-BE' })
  try {
    const customer = await newCustomer(server)
    const { clientId, clientSecret } = customer.integration
    const minted = { access_token: invent('access'), refresh_token: invent('refresh') }
    const account = { first_name: 'Marie', last_name: 'Delvaux', email: marie.email, account: { id: marie.account.id } }
    const heard = listen(context, server)
    const page = await context.newPage()
    await signIn(page, customer)

    // refused first, by an answer that repeats what it was sent
    const refused = await askForCode(server, customer)
    const echo = JSON.stringify({ error: 'invalid_request', hint: refused.code.slice(0, 60), sent: clientSecret })
    await server.sandbox.script({ clientId }, [{ status: 400, body: echo }])
    await fillClient(page, customer)
    await tlGroup(page).getByLabel('Auth Code (V2)').fill(refused.code)
    await press(page, 'Enregistrer')
    await expectFailure(page, 'code_refused')

    // a code without a state, forgotten
    const waiting = await askForCode(server, customer)
    await page.goto(waiting.location)
    await press(page, messages.button.forgetCode)

    // then parked, and connected with tokens we know
    await server.sandbox.script({ clientId }, [{ set: minted }])
    await server.sandbox.script({}, [{ on: 'users.me', status: 200, body: { data: account } }])
    await leave(page, customer)
    const state = stateFromCookie(page)
    const parked = await askForCode(server, customer, '/oauth/callback', state)
    for (const { name } of await context.cookies(server.url))
      if (name.includes('porte-cles-session')) await context.clearCookies({ name })
    await page.goto(parked.location)
    await page.waitForURL(`${server.url}/connexion`)
    const whileParked = server.storedBytes().toString('latin1')
    await fillSignIn(page, customer)
    await page.waitForURL(`${server.url}${keyPage}`)
    await expectState(page, 'connected', 'Success')
    await page.reload()
    await expectState(page, 'connected', 'Success')

    const secrets = {
      'the client secret': clientSecret,
      'the access token': minted.access_token,
      'the refresh token': minted.refresh_token,
      'the refused code': refused.code,
      'the start of the refused code': refused.code.slice(0, 40),
      'the waiting code': waiting.code,
      'the parked code': parked.code,
      'the password': customer.password,
    }
    const answers = await heard()
    const stored = server.storedBytes().toString('latin1')
    const output = server.output()
    const found = [
      ...answers.flatMap((answer) => findSecrets(`the answer of ${answer.split('\n')[0]}`, answer, secrets)),
      ...findSecrets('the database', stored, { ...secrets, 'the state': state }),
      ...findSecrets('the database while parked', whileParked, { ...secrets, 'the state': state }),
      ...findSecrets('the log', output, { ...secrets, 'the state': state, 'an address': jeanBaptiste.email }),
    ]
    expect(found).toEqual([])
    // the search itself finds what may be there
    expect(findSecrets('the database', stored, { 'the Client ID': clientId })).toHaveLength(1)
    expect(
      answers.flatMap((answer) => findSecrets('an answer', answer, { 'the Client ID': clientId })).length,
    ).toBeGreaterThan(0)
  } finally {
    await context.close()
    await server.close()
  }
})
