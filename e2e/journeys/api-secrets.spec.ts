import { marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { askApi, newKey, reportRefused } from '../harness/api-client.ts'
import { AppServer } from '../harness/app-server.ts'
import { findSecrets, invent, listen } from '../harness/canary.ts'
import { allowClipboard, connectAhead, makeDue, refreshes } from '../harness/connection.ts'
import { expect, keyPage, newCustomer, signIn, test } from '../harness/customer.ts'
import { expectFailure, expectState, messages, press, tlGroup } from '../pages/tl-group-section.ts'

const inventPair = () => ({ access_token: invent('access'), refresh_token: invent('refresh') })

const account = { first_name: 'Marie', last_name: 'Delvaux', email: marie.email, account: { id: marie.account.id } }

test('the tokens of a living connection stand in ciphertext, and the access token in the API’s own answer', async ({
  browser,
}) => {
  const server = await AppServer.open()
  const context = await browser.newContext({ baseURL: server.url, locale: 'fr-BE' })
  try {
    const customer = await newCustomer(server)
    const { clientId, clientSecret } = customer.integration
    const [first, second] = [inventPair(), inventPair()]
    await server.sandbox.script({ clientId }, [
      { set: first },
      { status: 200, body: { token_type: 'Bearer', expires_in: 3600, ...second } },
      // refused at last, by an answer that repeats what it was sent
      { status: 400, body: { error: 'invalid_grant', hint: second.refresh_token, sent: clientSecret } },
    ])
    await server.sandbox.script({}, [{ on: 'users.me', status: 200, body: { data: account } }])
    await connectAhead(server, customer)
    const [key, platform] = [await newKey(server, customer.tenantId), await newKey(server, null)]
    const heard = listen(context, server)
    const page = await context.newPage()
    await signIn(page, customer)
    await expectState(page, 'connected', 'Success')

    const given = [await askApi(server, key), await reportRefused(server, key, 1)]
    expect(given.map(({ json }) => json.access_token)).toEqual([first.access_token, second.access_token])
    await press(page, 'Tester la connexion')
    await expect(tlGroup(page).getByText('Aucune lecture n’a réussi.')).toBeVisible()
    await makeDue(server, customer)
    await expect.poll(async () => (await refreshes(server, customer)).length).toBe(2)
    const last = await reportRefused(server, key, 2)
    expect(last.status).toBe(409)
    await page.goto(keyPage)
    await expectFailure(page, 'revoked')
    await allowClipboard(context, server)
    await press(page, 'Copier le diagnostic')
    await expect(tlGroup(page).getByRole('status').getByText(messages.help.copied)).toBeAttached()
    const diagnostic = await page.evaluate(() => navigator.clipboard.readText())

    const never = {
      'the client secret': clientSecret,
      'the first refresh token': first.refresh_token,
      'the second refresh token': second.refresh_token,
      'the secret of the key': key.split('_').slice(2).join('_'),
      'the secret of the platform’s key': platform.split('_').slice(2).join('_'),
    }
    const secrets = {
      ...never,
      'the first access token': first.access_token,
      'the second access token': second.access_token,
    }
    const refused = await Promise.all([
      askApi(server, platform),
      askApi(server, `${key}x`),
      askApi(server, key, { body: { min_ttl: first.access_token, rejected_token_version: key } }),
      askApi(server, key, { headers: { 'porte-cles-tenant': second.access_token } }),
    ])
    const documents = await Promise.all(
      ['/metrics', '/api/openapi.json', '/api/ready'].map(async (path) =>
        (await fetch(`${server.apiUrl}${path}`)).text(),
      ),
    )
    const responseText = ({ headers, text }: typeof last) => `${JSON.stringify([...headers])}\n${text}`
    const output = server.output()
    const found = [
      ...given.flatMap((answer) => findSecrets('the door’s own answer', responseText(answer), never)),
      ...[last, ...refused].flatMap((answer) =>
        findSecrets(`the door’s ${answer.status}`, responseText(answer), secrets),
      ),
      ...documents.flatMap((text) => findSecrets('a document of the door', text, secrets)),
      ...(await heard()).flatMap((answer) => findSecrets(`the answer of ${answer.split('\n')[0]}`, answer, secrets)),
      ...findSecrets('the database', server.storedBytes().toString('latin1'), secrets),
      ...findSecrets('the log', output, { ...secrets, 'an address': marie.email }),
      ...findSecrets('the diagnostic', diagnostic, secrets),
    ]
    expect(found).toEqual([])
    // the search itself finds what may be there
    expect(findSecrets('the diagnostic', diagnostic, { 'the Client ID': clientId })).toHaveLength(1)
    expect(findSecrets('the log', output, { 'a route': '/api/v1/connections/{provider}/token' })).toHaveLength(1)
  } finally {
    await context.close()
    await server.close()
  }
})
