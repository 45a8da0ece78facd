import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { State } from '../state.ts'
import { storeMail } from './mailbox.ts'
import { readMail } from './received-mail.ts'

export type MailListener = { port: number; stop(): Promise<void> }

/** Larger mails are refused. */
const mostBytes = 200_000

/** Takes whatever is handed in on this machine, for anybody, and delivers it nowhere but to « Courrier ». Port 0 picks one. */
export async function listenForMail(state: State, port: number): Promise<MailListener> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: mostBytes,
    closeTimeout: 1_000,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? '' }),
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer)
      if (stream.sizeExceeded) return done(Object.assign(new Error('too large'), { responseCode: 552 }))
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      storeMail(state.mailbox, readMail(Buffer.concat(chunks).toString('latin1'), recipients), new Date())
      done()
    },
  })
  // a client that gives up resets its connection; why nothing can listen is told below
  server.on('error', () => {})
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  return {
    port: (listening.address() as AddressInfo).port,
    stop: () => new Promise((closed) => server.close(() => closed())),
  }
}
