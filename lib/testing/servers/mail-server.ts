import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { type ReceivedMail, readMail } from '#lib/sandbox/mail/received-mail.ts'

type Mood = 'takes' | 'refuses' | 'is silent'

interface Options {
  /** Offers STARTTLS with it. */
  certificate?: { key: string; cert: string }
  /** Where its clients are told to find it. */
  host?: string
}

/** A real mail server on loopback that keeps what it is handed. */
export const startMailServer = async ({ certificate, host = '127.0.0.1' }: Options = {}) => {
  const received: ReceivedMail[] = []
  let mood: Mood = 'takes'
  let look = () => {}
  const server = new SMTPServer({
    authOptional: true,
    ...(certificate ?? { disabledCommands: ['STARTTLS'] }),
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      password === 'correct' ? done(null, { user: username }) : done(new Error('wrong password')),
    onRcptTo: (_address, _session, done) => {
      if (mood === 'takes') done()
      if (mood === 'refuses') done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
    },
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk as Buffer)
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      received.push(readMail(Buffer.concat(chunks).toString('latin1'), recipients))
      done()
      look()
    },
  })
  // a client that gives up resets its connection
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo

  const url = `smtp://${host}:${port}`

  return {
    url,
    /** What an app needs to hand its mail in here. */
    settings: { SMTP_URL: url, MAIL_FROM: 'Porte-clés <cles@pro-plus.example>' },
    received,
    answer: (next: Mood) => {
      mood = next
    },
    /** The mails to an address, once there are as many as asked for. */
    mailsTo: async (address: string, count = 1): Promise<ReceivedMail[]> => {
      const found = () => received.filter(({ recipients }) => recipients.includes(address))
      const late = pause(10_000, 'late' as const, { ref: false })
      while (found().length < count) {
        const result = new Promise<void>((arrived) => {
          look = arrived
        })
        if ((await Promise.race([result, late])) === 'late') throw new Error(`no mail came for ${address}`)
      }
      return found()
    },
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>
