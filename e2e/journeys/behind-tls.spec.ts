import { sealSession } from '../../lib/server/auth/session-cookie.ts'
import { startTlsProxy } from '../../lib/testing/servers/tls-proxy.ts'
import { AppServer } from '../harness/app-server.ts'
import { expect, fillSignIn, keyPage, newCustomer, test } from '../harness/customer.ts'
import { connect, expectState, messages } from '../pages/tl-group-section.ts'

test.use({ ignoreHTTPSErrors: true })

test('behind TLS an admin signs in, connects Teamleader and signs out; the cookies are bound to this host', async ({
  page,
}) => {
  const proxy = await startTlsProxy()
  const server = await AppServer.open({ PUBLIC_URL: proxy.url })
  proxy.forwardTo(server.plainUrl)
  try {
    const customer = await newCustomer(server)
    const opened = await page.goto(`${server.url}/connexion`)
    expect(opened?.headers()['strict-transport-security']).toBe('max-age=31536000')
    await fillSignIn(page, customer)
    await page.waitForURL(`${server.url}${keyPage}`)
    await connect(page, customer)
    await page.waitForURL(`${server.url}${keyPage}`)
    await expectState(page, 'connected', 'Success')
    const ours = (await page.context().cookies()).filter(({ name }) => name.includes('porte-cles'))
    expect(ours.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining(['__Host-porte-cles-browser', '__Host-porte-cles-session']),
    )
    for (const { name, path, secure, httpOnly } of ours) {
      expect(name).toMatch(path === '/' ? /^__Host-/ : /^__Secure-/)
      expect({ secure, httpOnly }).toEqual({ secure: true, httpOnly: true })
    }

    // another app with next-auth, on a parent domain, signs nobody out
    await page.context().addCookies([{ name: '__Secure-next-auth.session-token', value: 'theirs', url: server.url }])
    await page.reload()
    await expectState(page, 'connected', 'Success')

    await page.getByRole('button', { name: messages.shell.signOut }).click()
    await page.waitForURL('**/connexion')
    const remaining = (await page.context().cookies()).map(({ name }) => name)
    expect(remaining).not.toContain('__Host-porte-cles-session')
  } finally {
    await server.close()
    await proxy.close()
  }
})

test('a session that began under next-auth’s own name goes on until it is signed out', async ({
  page,
  server,
  customer,
}) => {
  const { value } = await server.compose(async (app) => {
    const session = await app.signIn.begin({ ...customer, ip: null })
    return { value: await sealSession(session, app) }
  })
  await page.context().addCookies([{ name: 'next-auth.session-token', value, url: server.url }])
  await page.goto(`${server.url}${keyPage}`)
  await page.getByRole('button', { name: messages.shell.signOut }).click()
  await page.waitForURL('**/connexion')
  await page.goto(`${server.url}${keyPage}`)
  await page.waitForURL(/\/connexion\?next=/)
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('next-auth.session-token')
})
