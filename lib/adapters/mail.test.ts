import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { selfSigned } from '#lib/testing/servers/certificate.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'
import { mailer } from './mail.ts'

let server: MailServer

beforeAll(async () => {
  server = await startMailServer()
})
afterEach(() => {
  server.answer('takes')
  server.received.length = 0
})
afterAll(() => server.close())

const from = 'Porte-clés <cles@pro-plus.example>'
const mail = { to: 'marie@atelier.example', subject: 'Votre accès', text: 'Voilà : https://cles.example/é\n' }

test('a mail arrives as it was rendered, at one recipient', async () => {
  await mailer({ smtpUrl: server.url, from }).send(mail)
  const [received] = server.received
  expect(received).toMatchObject({ recipients: [mail.to], subject: mail.subject, text: mail.text })
  expect(received?.headers).toMatchObject({ to: mail.to, from, 'auto-submitted': 'auto-generated' })
})

test('credentials of the address are used, and wrong ones are a failed mail', async () => {
  const at = (password: string) => server.url.replace('//', `//cles%40pro-plus.example:${password}@`)
  await mailer({ smtpUrl: at('correct'), from }).send(mail)
  expect(server.received).toHaveLength(1)
  await expect(mailer({ smtpUrl: at('hunter2'), from }).send(mail)).rejects.toMatchObject({
    code: 'mail_failed',
    evidence: { errorCode: 'EAUTH 535' },
  })
})

test.each([
  'a@b.example, c@d.example',
  'a@b.example\r\nBcc: c@d.example',
  '<a@b.example>',
  'a,c@d.example',
  '"a b"@c.d',
])('the recipient %o is refused before the server is asked', async (to) => {
  await expect(mailer({ smtpUrl: server.url, from }).send({ ...mail, to })).rejects.toMatchObject({
    code: 'mail_failed',
  })
  expect(server.received).toEqual([])
})

test('a subject stays one header, whatever it holds', async () => {
  await mailer({ smtpUrl: server.url, from }).send({ ...mail, subject: 'Accès\r\nBcc: eve@evil.example\r\n\r\nBody' })
  const [received] = server.received
  expect(received?.subject).toBe('Accès Bcc: eve@evil.example Body')
  expect(received?.headers.bcc).toBeUndefined()
  expect(received?.text).toBe(mail.text)
})

test('a refusal is a failed mail that quotes nobody', async () => {
  server.answer('refuses')
  const refused = await mailer({ smtpUrl: server.url, from })
    .send(mail)
    .catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'mail_failed', evidence: { errorCode: 'EENVELOPE 550' } })
  expect(JSON.stringify(refused)).not.toContain(mail.to)
  expect((refused as Error).cause).toBeUndefined()
})

test('a server that is not there is a failed mail', async () => {
  const gone = await startMailServer()
  await gone.close()
  await expect(mailer({ smtpUrl: gone.url, from }).send(mail)).rejects.toMatchObject({
    evidence: { errorCode: 'ECONNREFUSED' },
  })
})

test('a server that falls silent is given up on', async () => {
  server.answer('is silent')
  await expect(mailer({ smtpUrl: server.url, from }, { deadlineMs: 50 }).send(mail)).rejects.toMatchObject({
    code: 'mail_failed',
  })
})

describe('a server on another machine', () => {
  // this machine by an address that is not known as its own, and that this Node finds in a certificate
  const host = Number.parseInt(process.versions.node, 10) < 24 ? '127.1' : '[::ffff:127.0.0.1]'
  const certificate = selfSigned()
  const trusted = getCACertificates('default')
  afterEach(() => setDefaultCACertificates(trusted))

  test('that offers no TLS gets nothing, credentials or not', async () => {
    const open = await startMailServer({ host })
    for (const smtpUrl of [open.url, open.url.replace('//', '//cles:correct@')]) {
      const failed = { code: 'mail_failed', evidence: { errorCode: 'mail_tls_missing' } }
      await expect(mailer({ smtpUrl, from }).send(mail)).rejects.toMatchObject(failed)
      await expect(mailer({ smtpUrl, from }).verify()).rejects.toMatchObject(failed)
    }
    expect(open.received).toEqual([])
    await open.close()
  })

  test('whose certificate nobody vouches for gets nothing', async () => {
    const unknown = await startMailServer({ host, certificate })
    await expect(mailer({ smtpUrl: unknown.url, from }).send(mail)).rejects.toMatchObject({
      evidence: { errorCode: 'mail_tls_failed' },
    })
    expect(unknown.received).toEqual([])
    await unknown.close()
  })

  test('is handed its mail over TLS', async () => {
    setDefaultCACertificates([...trusted, certificate.cert])
    const safe = await startMailServer({ host, certificate })
    await mailer({ smtpUrl: safe.url, from }).verify()
    await mailer({ smtpUrl: safe.url, from }).send(mail)
    expect(safe.received).toMatchObject([{ recipients: [mail.to] }])
    await safe.close()
  })
})

test('without a server nothing is sent, and that is known', async () => {
  expect(mailer(null).configured).toBe(false)
  await expect(mailer(null).send(mail)).rejects.toMatchObject({ code: 'mail_failed' })
})
