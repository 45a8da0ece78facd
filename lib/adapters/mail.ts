import { createTransport } from 'nodemailer'
import { Failure } from '#lib/domain/failure.ts'
import { isLoopbackHost } from '#lib/domain/operations/loopback.ts'
import type { Mailer } from '#lib/ports/notifications.ts'

export interface MailSettings {
  /** `smtp://` (STARTTLS, but to this machine) or `smtps://`, credentials included. */
  smtpUrl: string
  /** `address` or `Name <address>`. */
  from: string
}

const connectMs = 5_000
const silenceMs = 10_000
/** From the call to the server's last reply; tests use a shorter limit. */
const withTimeout = { deadlineMs: 15_000 }

const transportOf = (smtpUrl: string) => {
  const url = new URL(smtpUrl)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'smtps:'
  const here = isLoopbackHost(host)
  return createTransport({
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // a server on this machine has no certificate to show; links and addresses go nowhere else in clear
    ignoreTLS: here,
    requireTLS: !here,
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: connectMs,
    dnsTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

interface SmtpError {
  code?: unknown
  command?: unknown
  responseCode?: unknown
  /** What Node called it, where the library has a code of its own. */
  originalCode?: unknown
}

const handshakeFailed = /^(ERR_(TLS|SSL)|EPROTO|UNABLE_TO_)|CERT/

/** A server that refuses STARTTLS, or does not know EHLO, offers no TLS; a failed handshake or certificate is another fault. */
const tlsFaultOf = ({ code, command, responseCode, originalCode }: SmtpError) => {
  if (code === 'ECONNECTION' && command === 'EHLO') return 'mail_tls_missing'
  if (code === 'ETLS' && command === 'STARTTLS' && responseCode !== undefined) return 'mail_tls_missing'
  return code === 'ETLS' || handshakeFailed.test(String(originalCode)) ? 'mail_tls_failed' : null
}

/** The library's codes and the server's own number; its messages quote addresses. */
const codeOf = (error: unknown): string => {
  const { code, responseCode, originalCode } = error as SmtpError
  const fault = tlsFaultOf(error as SmtpError)
  if (fault) return fault
  // these two say no more than where it failed
  const told = /^(ESOCKET|EDNS)$/.test(String(code)) ? (originalCode ?? code) : code
  return [told, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ')
}

/** One line and one recipient, whatever came in. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
const oneAddress = /^[^\s<>,;:"()[\]\\@]+@[^\s<>,;:"()[\]\\@]+$/

/** @param settings null: no server is configured. */
export const mailer = (settings: MailSettings | null, { deadlineMs } = withTimeout): Mailer => {
  const transport = settings && transportOf(settings.smtpUrl)
  return {
    configured: transport !== null,
    verify: async () => {
      if (!transport) throw new Failure('mail_failed', { errorCode: 'not_configured' })
      try {
        await transport.verify()
      } catch (error) {
        throw new Failure('mail_failed', { errorCode: codeOf(error) })
      }
    },
    send: async ({ to, subject, text }) => {
      if (!transport || !settings) throw new Failure('mail_failed', { errorCode: 'not_configured' })
      if (!oneAddress.test(to)) throw new Failure('mail_failed', { errorCode: 'address_malformed' })
      const message = {
        from: settings.from,
        to: { name: '', address: to },
        subject: oneLine(subject),
        text,
        // RFC 3834: no automatic replies
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(deadlineMs),
      }
      try {
        await transport.sendMail(message)
      } catch (error) {
        throw new Failure('mail_failed', { errorCode: codeOf(error) })
      }
    },
  }
}
