import './require-node.mjs'

import { join } from 'node:path'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { mailSettings, providerSettings } from '#lib/sandbox/provider-settings.ts'
import { marie, testoProSync, users } from '#lib/sandbox/teamleader/seeds.ts'
import { delvauxClient } from '#lib/sandbox/teo/seeds.ts'
import { atelierKeys } from '#lib/sandbox/v1/keys.ts'
import { demoPeople, seedAccounts } from './demo/accounts.ts'
import { isBuilt, serveCommand } from './demo/build.ts'
import { seedConnections } from './demo/connections.ts'
import { isFree, type Running, startNode, untilAnswering } from './demo/processes.ts'

/** The whole product on this machine, offline: the app, and the bac à sable in place of Teamleader. */

const port = Number(process.env.PORT || 3000)
const sandboxPort = Number(process.env.SANDBOX_PORT || 4010)
const signInPort = Number(process.env.SANDBOX_SIGN_IN_PORT || 4011)
const mailPort = Number(process.env.SANDBOX_MAIL_PORT || 4012)
const apiPort = Number(process.env.API_PORT || 3001)
const publicUrl = `http://localhost:${port}`
const sandboxUrl = `http://localhost:${sandboxPort}`
const folder = process.env.DEMO_DATA || join('data', 'demo')

const running: Running[] = []
const print = (text: string) => process.stdout.write(`${text}\n`)

let stopping = false

const stopAll = async (code: number) => {
  stopping = true
  await Promise.all(running.map(({ stop }) => stop()))
  process.exit(code)
}

const fail = async (sentence: string): Promise<never> => {
  process.stderr.write(`\n${sentence}\n`)
  return (await stopAll(1)) as never
}

const environment = {
  NODE_ENV: 'production',
  PUBLIC_URL: publicUrl,
  HOST: 'localhost',
  PORT: String(port),
  API_PORT: String(apiPort),
  DATABASE_URL: `file:${join(folder, 'porte-cles.db')}`,
  ...providerSettings(sandboxUrl),
  REQUIRE_SECOND_FACTOR: 'none',
  ...mailSettings(mailPort),
}

const refuseBusyPorts = async () => {
  const busy: number[] = []
  for (const wanted of [port, apiPort, sandboxPort, signInPort, mailPort])
    if (!(await isFree(wanted))) busy.push(wanted)
  if (busy.length === 0) return
  const listed = new Intl.ListFormat('fr').format(busy.map(String))
  const which = busy.length > 1 ? `Les ports ${listed} sont déjà pris` : `Le port ${listed} est déjà pris`
  await fail(
    `${which} : arrêtez ce qui les occupe, ou choisissez PORT, API_PORT, SANDBOX_PORT, SANDBOX_SIGN_IN_PORT et SANDBOX_MAIL_PORT.`,
  )
}

const build = async () => {
  if (isBuilt()) return
  print('Construction de l’application (une minute au plus)…')
  const building = startNode(['--import', 'tsx', join('lib', 'commands', 'build.ts')], {
    ...process.env,
    NODE_ENV: 'production',
  })
  running.push(building)
  const code = await new Promise((done) => building.child.once('exit', done))
  if (code !== 0) await fail(`La construction a échoué :\n${building.output()}`)
}

const start = async (what: string, args: string[], env: Record<string, string>, url: string) => {
  const started = startNode(args, { ...process.env, ...env })
  running.push(started)
  await untilAnswering(started, url).catch((error: Error) => fail(`${what} n’a pas démarré : ${error.message}`))
  started.child.once('exit', () => {
    if (!stopping) void fail(`${what} s’est arrêté :\n${started.output()}`)
  })
}

const seed = async () => {
  const app = await createContainer(parseEnv({ ...environment, LOG_LEVEL: 'silent' }))
  try {
    await seedAccounts(app)
    await seedConnections(app, sandboxUrl)
  } finally {
    await app.close()
  }
}

const roles = { admin: 'administrateur', reader: 'lecteur', support: 'support de Pro+' }

const box = (lines: string[]) => {
  const width = Math.max(...lines.map((line) => line.length))
  const edge = '─'.repeat(width + 2)
  return [`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`].join('\n')
}

const signIn = (email: string, password: string) => `  ${email.padEnd(54)} ${password}`

const welcome = () =>
  box([
    `Porte-clés  →  ${publicUrl}`,
    '',
    'Se connecter (adresse e-mail, mot de passe) :',
    ...demoPeople.flatMap(({ tenant, role, name, email, password }) => [
      `  ${name}, ${roles[role]}${tenant ? ` · ${tenant.name} (${tenant.stands})` : ''}`,
      signIn(`  ${email}`, password),
    ]),
    '',
    `Courrier, tous les e-mails envoyés  →  ${sandboxUrl}/courrier`,
    '',
    'Dans « Clé de sécurité », à coller :',
    `  Client ID (V2)       ${testoProSync.clientId}`,
    `  Client Secret (V2)   ${testoProSync.clientSecret}`,
    '',
    `Puis « Se connecter à Teamleader » : le bac à sable (${sandboxUrl}) demande l’un de ces comptes :`,
    ...users.map(({ email, password }) => signIn(email, password)),
    `  (${marie.firstName} est administratrice de ${marie.account.name} : elle peut aussi créer une intégration,`,
    `  comme le guide la décrit, sur ${sandboxUrl}/marketplace/focus)`,
    '',
    'Avec la version V1, à la place :',
    `  API Group (V1)       ${atelierKeys.group}`,
    `  API Secret (V1)      ${atelierKeys.secret}`,
    '',
    'Pour téo :',
    `  Client ID            ${delvauxClient.clientId}`,
    `  Client Secret        ${delvauxClient.clientSecret}`,
    `  TEO ID               ${delvauxClient.teoIds[0]}`,
    '',
    'Rien ne quitte cette machine. Ctrl-C arrête tout.',
  ])

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll(0))

await refuseBusyPorts()
await build()
const sandboxEnvironment = {
  SANDBOX_PORT: String(sandboxPort),
  SANDBOX_SIGN_IN_PORT: String(signInPort),
  SANDBOX_MAIL_PORT: String(mailPort),
  SANDBOX_PUBLIC_URL: publicUrl,
}
const sandboxCommand = ['--import', 'tsx', join('lib', 'sandbox', 'main.ts')]
await start('Le bac à sable', sandboxCommand, sandboxEnvironment, `${sandboxUrl}/__journal`)
await seed()
await start('L’application', serveCommand, environment, `${publicUrl}/connexion`)
print(welcome())
