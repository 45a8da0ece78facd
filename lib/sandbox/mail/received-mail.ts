/** A mail as its recipient reads it. */
export interface ReceivedMail {
  /** Of the envelope: who really gets it. */
  recipients: string[]
  /** By lower-case name, unfolded and decoded. */
  headers: Record<string, string>
  subject: string
  /** What it says as text; of a mail without any, its source. */
  text: string
}

interface Part {
  headers: Record<string, string>
  body: string
}

const bytes = (latin1: string) => Buffer.from(latin1, 'latin1')

const quotedPrintable = (text: string) =>
  bytes(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  )

/** @see https://www.rfc-editor.org/rfc/rfc2047 */
const encodedWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      (kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : quotedPrintable(word.replaceAll('_', ' '))).toString(
        'utf8',
      ),
    )

const readPart = (raw: string): Part => {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end < 0 ? raw.length : end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .filter((line) => line.includes(':'))
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), encodedWords(line.slice(colon + 1).trim())]
    }),
  )
  return { headers, body: end < 0 ? '' : raw.slice(end + 4) }
}

const typeOf = ({ headers }: Part) => headers['content-type']?.toLowerCase() ?? 'text/plain'

/** Itself, or the parts within, in their order. @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1 */
const leavesOf = (part: Part, depth = 0): Part[] => {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(part.headers['content-type'] ?? '') ?? []
  const boundary = quoted ?? bare
  if (!typeOf(part).startsWith('multipart/') || boundary === undefined || depth > 4) return [part]
  const [, ...inner] = `\r\n${part.body}`.split(`\r\n--${boundary}`)
  return inner
    .filter((text) => !text.startsWith('--'))
    .flatMap((text) => leavesOf(readPart(text.replace(/^[ \t]*\r\n/, '')), depth + 1))
}

const decode = ({ headers, body }: Part) => {
  const encoding = headers['content-transfer-encoding']?.toLowerCase()
  const decoded =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? quotedPrintable(body)
        : bytes(body)
  return decoded.toString('utf8').replaceAll('\r\n', '\n')
}

/** @param raw one byte a character. */
export const readMail = (raw: string, recipients: string[]): ReceivedMail => {
  const mail = readPart(raw)
  const leaves = leavesOf(mail)
  const readable = leaves.find((part) => typeOf(part).startsWith('text/plain')) ?? leaves[0]
  return {
    recipients,
    headers: mail.headers,
    subject: mail.headers.subject ?? '',
    text: readable ? decode(readable) : '',
  }
}
