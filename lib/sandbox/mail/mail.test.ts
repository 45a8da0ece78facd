import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailer } from '#lib/adapters/mail.ts'
import { remoteControl } from '../control/remote-control.ts'
import { type Sandbox, startSandbox } from '../server.ts'
import { emptyMailbox, mostMails, storeMail } from './mailbox.ts'
import { readMail } from './received-mail.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, signInPort: 0, mailPort: 0 })
})
afterAll(() => sandbox.stop())

const to = 'marie@atelier-delvaux.example'

/** Sends as the app does. */
const send = (subject: string, text: string) =>
  mailer({ smtpUrl: sandbox.smtpUrl ?? '', from: 'Porte-clés <cles@pro-plus.example>' }).send({ to, subject, text })

const read = async (path: string) => {
  const response = await fetch(`${sandbox.url}${path}`)
  return {
    status: response.status,
    policy: response.headers.get('content-security-policy'),
    text: await response.text(),
  }
}

const subjectsIn = (page: string) => [...page.matchAll(/<a href="\/courrier\/\d+">([^<]*)</g)].map(([, name]) => name)

test('says so while nothing came, and lists the newest mail first', async () => {
  expect((await read('/courrier')).text).toContain('Aucun message pour l’instant')
  await send('Atelier Delvaux & Fils : bienvenue', 'Bonjour Marie,')
  await send('Un second', 'Bonjour encore')
  const { text } = await read('/courrier')
  expect(subjectsIn(text)).toEqual(['Un second', 'Atelier Delvaux &amp; Fils : bienvenue'])
  expect(text).toContain(`à ${to}`)
  expect(text).not.toContain('Aucun message')
})

test('opens a mail as text, whose addresses are links and whose markup is none', async () => {
  const link = 'http://localhost:3000/invitation/abc?x=1&y=2'
  await send(
    'Un lien',
    `Bonjour,\n\n<script>alert(1)</script><b>gras</b>\nOuvrez ${link}.\n(ou http://localhost:3000/)`,
  )
  const [, path = ''] = /<a href="(\/courrier\/\d+)">Un lien</.exec((await read('/courrier')).text) ?? []
  const { text, policy } = await read(path)
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;gras&lt;/b&gt;')
  const links = [...text.matchAll(/<a href="(http[^"]*)"/g)].map(([, href]) => href)
  expect(links).toEqual(['http://localhost:3000/invitation/abc?x=1&amp;y=2', 'http://localhost:3000/'])
  expect(policy).toContain("default-src 'none'")
})

test('keeps the last ones alone', () => {
  const mailbox = emptyMailbox()
  for (let n = 1; n <= mostMails + 1; n += 1)
    storeMail(mailbox, readMail(`Subject: ${n}\r\n\r\n`, [to]), new Date('2026-11-22T12:00:00Z'))
  expect(mailbox.mails).toHaveLength(mostMails)
  expect([mailbox.mails[0], mailbox.mails.at(-1)]).toMatchObject([{ subject: '2' }, { id: mostMails + 1 }])
})

test('a reset empties the list, and an old address says that its mail is gone', async () => {
  await send('Vite oublié', 'Bonjour')
  const [path = ''] = /\/courrier\/\d+/.exec((await read('/courrier')).text) ?? []
  await remoteControl(sandbox.url).reset()
  expect(subjectsIn((await read('/courrier')).text)).toEqual([])
  expect(await read(path)).toMatchObject({ status: 404, text: expect.stringContaining('n’est plus là') })
})

test('refuses a mail that is too large, and takes the next one', async () => {
  await expect(send('Énorme', 'x'.repeat(300_000))).rejects.toMatchObject({ code: 'mail_failed' })
  await send('Petit', 'Bonjour')
  expect(subjectsIn((await read('/courrier')).text)).toEqual(['Petit'])
})

test('a mail in parts is read by its text, one without text by its source', () => {
  const parts = [
    'Subject: =?utf-8?Q?R=C3=A9ponse?=',
    'Content-Type: multipart/alternative; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Bonjour</p>',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'D=C3=A9j=C3=A0',
    '--b1--',
    '',
  ]
  expect(readMail(parts.join('\r\n'), [to])).toMatchObject({ subject: 'Réponse', text: 'Déjà' })
  const page = ['Content-Type: text/html', '', '<p>Bonjour</p>'].join('\r\n')
  expect(readMail(page, [to]).text).toBe('<p>Bonjour</p>')
  expect(readMail('nothing', [to])).toMatchObject({ subject: '', text: '' })
})
