/** A text mail as its recipient reads it. */
export interface ReceivedMail {
  /** Of the envelope: who really gets it. */
  recipients: string[]
  /** By lower-case name, unfolded and decoded. */
  headers: Record<string, string>
  subject: string
  text: string
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

/** @param raw one byte a character. */
export const readMail = (raw: string, recipients: string[]): ReceivedMail => {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), encodedWords(line.slice(colon + 1).trim())]
    }),
  )
  const body = raw.slice(end + 4)
  const encoding = headers['content-transfer-encoding']?.toLowerCase()
  const decoded =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? quotedPrintable(body)
        : bytes(body)
  return {
    recipients,
    headers,
    subject: headers.subject ?? '',
    text: decoded.toString('utf8').replaceAll('\r\n', '\n'),
  }
}
