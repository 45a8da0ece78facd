import { expect, test } from '@playwright/test'
import { startSandbox } from '../../lib/sandbox/server.ts'
import { marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { expectAccessible } from '../harness/accessibility.ts'

test('the guide can be followed in the bac à sable, and what it makes gives a code', async ({ page }) => {
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click()
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
  try {
    await page.goto(sandbox.url)
    await expectAccessible(page)
    await follow('Voir les données et les changer')
    await expectAccessible(page)
    await follow('Retour au bac à sable')
    await follow('Se connecter à Teamleader Focus')
    await page.getByLabel('Adresse e-mail').fill(marie.email)
    await page.getByLabel('Mot de passe').fill(marie.password)
    await press('Se connecter')
    for (const step of ['Paramètres', 'Intégrations', 'Changer vos préférences', 'Construisez']) await follow(step)
    await follow('DÉVELOPPEZ VOS INTÉGRATIONS')
    await follow('CRÉER UNE NOUVELLE INTÉGRATION')

    await page.getByLabel('Nom de l’intégration').fill('Testo Pro+ Sync')
    await expect(page.getByText('10 caractères restant(s).')).toBeVisible()
    await press('CRÉER UNE INTÉGRATION')
    await expect(page.getByRole('alert')).toContainText('Sélectionnez 1 ou 2 catégories.')
    await expectAccessible(page)
    await page.getByLabel('Comptabilité').check()
    await press('CRÉER UNE INTÉGRATION')

    await expect(page.getByLabel('Secret client', { exact: true })).toBeHidden()
    await page.getByText('MONTRER').press('Enter')
    await expect(page.getByLabel('Secret client', { exact: true })).toHaveValue(/^\w{32}$/)
    const clientId = await page.getByLabel('ID Client').inputValue()
    await page.getByLabel('Valid redirect URIs').fill(`https://example.org/oauth/callback\n${sandbox.url}/`)
    for (const scope of ['Entreprises', 'Contacts', 'Entités', 'Utilisateurs'])
      await page.getByLabel(scope, { exact: true }).check()
    await page.getByLabel('Courte description (en Anglais)').fill('Testo Pro+ Sync')
    await expect(page.getByText('35 caractères restant.')).toBeVisible()
    await page.getByLabel('Description complète (en Anglais)').fill('Sync companies and contacts')
    await press('ENREGISTRER LES MODIFICATIONS')
    await expect(page.getByRole('status')).toHaveText('Enregistré avec succès')
    await expectAccessible(page)

    const query = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: `${sandbox.url}/` })
    await page.goto(`${sandbox.url}/oauth2/authorize?${query}`)
    await expect(page.getByRole('listitem')).toHaveText(['Companies', 'Contacts', 'Departments', 'Users'])
    await press('DONNER ACCÈS')
    await expect(page).toHaveURL(/\/\?code=def50200/)

    await page.goto(`${sandbox.url}/marketplace/integrations/${clientId}`)
    await press(/SOUMETTRE POUR PUBLICATION/)
    await expect(page.getByRole('status')).toContainText('elle est en cours de révision')
  } finally {
    await sandbox.stop()
  }
})
