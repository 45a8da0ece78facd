import { z } from 'zod'
import { type Checked, checkClientId, checkClientSecret } from '#lib/domain/connections/client-credentials.ts'
import type { SharedClient } from '#lib/domain/connections/operator-client.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'

/** What the form says of the same fault, for who writes settings; never with a value. */
const faults: Partial<Record<FailureCode, string>> = {
  client_id_missing: 'the Client ID is missing',
  client_id_malformed: 'the Client ID contains a blank or an invisible character',
  client_id_length: 'the Client ID must have 32 characters',
  client_id_example: 'the Client ID is the one of the old guide’s example',
  client_secret_missing: 'a Client Secret is missing',
  client_secret_malformed: 'a Client Secret contains a blank or an invisible character',
  client_secret_length: 'a Client Secret must have 32 characters',
}

interface ReadClient {
  identifier: Checked
  secrets: Checked[]
}

const readClient = (text: string): ReadClient => {
  const [identifier = '', ...rest] = text.split(':')
  const secrets = rest.join(':').split('|')
  return { identifier: checkClientId(identifier), secrets: secrets.map((secret) => checkClientSecret(secret, false)) }
}

const read = (text: string) => text.split(',').map(readClient)

const problemsOf = (clients: readonly ReadClient[]): string[] => {
  const ids = clients.map(({ identifier }) => identifier.value)
  return clients.flatMap(({ identifier, secrets }, index) => {
    const codes = [identifier, ...secrets].flatMap(({ error }) => error ?? [])
    const found = [
      ...new Set(codes.map((code) => faults[code] ?? code)),
      ...(secrets.length > 2 ? ['a client has at most two secrets'] : []),
      ...(ids.indexOf(identifier.value) < index ? ['the Client ID stands there twice'] : []),
    ]
    return found.map(
      (problem) => `must be id:secret or id:secret|secret, separated by commas; client ${index + 1}: ${problem}`,
    )
  })
}

/** `TEAMLEADER_CLIENTS`, held to the rules of the form. */
export const sharedClientsSetting = z.string().superRefine((text, context) => {
  for (const message of problemsOf(read(text))) context.addIssue({ code: 'custom', message })
})

/** @param text checked before; undefined where nothing is shared */
export const readSharedClients = (text: string | undefined): SharedClient[] =>
  text === undefined
    ? []
    : read(text).map(({ identifier, secrets: [first, second] }) => ({
        identifier: identifier.value,
        secrets: second ? [first?.value ?? '', second.value] : [first?.value ?? ''],
      }))

/** Whether all of it is hexadecimal, as every Client ID and Client Secret seen so far is. */
export const areHexadecimal = (clients: readonly SharedClient[]): boolean =>
  clients.every(({ identifier, secrets }) =>
    [identifier, ...secrets].every((value) => checkClientId(value).warning === null),
  )
