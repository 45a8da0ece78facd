import { messages } from '../../lib/i18n/messages.ts'
import { connectAhead } from '../harness/connection.ts'
import { enter, expect, keyPage, test } from '../harness/customer.ts'
import { HttpClient } from '../harness/http-client.ts'
import { newSupporter } from '../pages/support.ts'

const { themes } = messages.fr.shell

const titleOf = (html: string) => html.match(/<title>([^<]*)<\/title>/)?.[1]

const scheme = () => getComputedStyle(document.documentElement).colorScheme

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled, colorScheme: 'light' })

    test('the theme that is chosen stays, and forgetting it follows the device', async ({ page, server, customer }) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
      await page.goto('/connexion')
      const light = await paper()
      await page.getByRole('button', { name: themes.dark }).click()
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
      expect(await page.evaluate(scheme)).toBe('dark')
      expect(await paper()).not.toBe(light)
      // kept through sign-in, and there before anything is drawn
      await enter(page, server, customer)
      expect(await (await page.request.get(keyPage)).text()).toContain('data-theme="dark"')
      await expect(page.locator('meta[name="color-scheme"]')).toHaveAttribute('content', 'dark')
      await page.getByRole('button', { name: themes.system }).click()
      await expect(page.locator('html')).not.toHaveAttribute('data-theme')
      expect([await page.evaluate(scheme), await paper()]).toEqual(['light dark', light])
    })
  })

test('signed out, the chosen language goes before the browser’s, and the browser’s before French', async ({
  server,
  customer,
}) => {
  const lang = async (client: HttpClient, accepted: string) =>
    (await client.get('/mot-de-passe', { 'accept-language': accepted })).html.match(/<html lang="(\w+)"/)?.[1]
  const client = new HttpClient(server)
  expect(await lang(client, 'nl-BE,nl;q=0.9,en;q=0.8')).toBe('nl')
  expect(await lang(client, 'de, en;q=0.5')).toBe('en')
  expect(await lang(client, 'de')).toBe('fr')
  client.cookies.set('porte-cles-locale', 'en')
  expect(await lang(client, 'nl')).toBe('en')
  await client.signIn(customer)
  expect(await lang(client, 'nl')).toBe('fr')
})

test('every page has a title of its own, in the language of who reads it', async ({ server, customer }) => {
  const name = (await server.compose(({ store }) => store.accounts.findTenant(customer.tenantId)))?.name ?? ''
  const [nobody, admin, support] = [
    new HttpClient(server),
    await HttpClient.signedIn(server, customer),
    await HttpClient.signedIn(server, await newSupporter(server)),
  ]
  for (const client of [nobody, admin, support])
    for (const accepted of ['nl', 'en']) {
      client.cookies.set('porte-cles-locale', accepted)
      const answer = await client.get('/nowhere')
      const locale = client === nobody ? accepted : 'fr'
      expect(answer.status).toBe(404)
      expect(titleOf(answer.html)).toBe(`${messages[locale as 'nl'].notFound.title} · Porte-clés`)
    }
  const titles: (string | undefined)[] = []
  for (const [client, paths] of [
    [nobody, ['/connexion', '/mot-de-passe', '/mot-de-passe/a-guess', '/connexion/entreprise', '/nowhere']],
    [
      admin,
      [keyPage, '/administratif/guide', '/administratif/journal', '/administratif/utilisateurs', '/oauth/depart'],
    ],
    [support, ['/support', `/support/${customer.tenantId}`]],
  ] as const)
    for (const path of paths) titles.push(titleOf((await client.get(path)).html))
  expect(new Set(titles).size).toBe(titles.length)
  expect(titles.every((title) => title?.endsWith(' · Porte-clés') && title.length > 15)).toBe(true)
  expect(titles).toContain(`${name} · Porte-clés`)
})

test('there is an icon at every address that browsers ask for', async ({ server }) => {
  const client = new HttpClient(server)
  const linked = (await client.get('/connexion')).html.match(/<link rel="icon" href="([^"]+)"/)?.[1] ?? ''
  for (const path of [linked, '/icon.svg', '/favicon.ico']) {
    const icon = await client.get(path)
    expect([icon.status, icon.headers.get('content-type')], path).toEqual([200, 'image/svg+xml'])
    expect(icon.html).toContain('<svg')
  }
})

test('on paper a page is black on white, with nothing to press', async ({ admin, server, customer }) => {
  await connectAhead(server, customer)
  await admin.context().addCookies([{ name: 'porte-cles-theme', value: 'dark', url: server.url }])
  for (const path of [keyPage, '/administratif/journal', '/administratif/guide']) {
    await admin.goto(path)
    await admin.emulateMedia({ media: 'print' })
    await expect(admin.getByRole('heading', { level: 1 })).toBeVisible()
    for (const gone of ['navigation', 'button', 'search'] as const)
      await expect(admin.getByRole(gone).filter({ visible: true }), `${gone} of ${path}`).toHaveCount(0)
    const colors = await admin.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.documentElement)
      const texts = Array.from(document.querySelectorAll('main :is(h1, p, dd, th, td, a)'))
      return [...new Set([backgroundColor, color, ...texts.map((text) => getComputedStyle(text).color)])]
    })
    expect(colors, path).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
  }
})
