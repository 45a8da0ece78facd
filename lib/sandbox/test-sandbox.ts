import { type RemoteControl, remoteControl } from './control/remote-control.ts'
import { type Sandbox, startSandbox } from './server.ts'
import type { Integration } from './teamleader/integration.ts'
import type { TokenPair } from './teamleader/oauth/grants.ts'
import { marie } from './teamleader/seeds.ts'

export type Params = Record<string, string>

/** A sandbox on free ports and the few requests that its tests make of it. */
export type Trial = {
  url: string
  signInUrl: string
  teamleader: Sandbox['teamleader']
  teo: Sandbox['teo']
  stop(): Promise<void>
  control: RemoteControl
  token(params: Params): Promise<Response>
  code(client: Integration, user?: string): Promise<string>
  exchange(client: Integration, code: string, changes?: Params): Promise<Response>
  connect(client: Integration, user?: string): Promise<TokenPair>
  refresh(client: Integration, refreshToken: string, changes?: Params): Promise<Response>
  call(accessToken: string, endpoint: string, body?: unknown): Promise<Response>
}

export const credentials = ({ clientId, clientSecret }: Integration): Params => ({
  client_id: clientId,
  client_secret: clientSecret,
})

export async function openTrial(): Promise<Trial> {
  const sandbox = await startSandbox({ port: 0, signInPort: 0 })
  const control = remoteControl(sandbox.url)
  const token = (params: Params): Promise<Response> =>
    fetch(`${sandbox.url}/oauth2/access_token`, { method: 'POST', body: new URLSearchParams(params) })
  const trial: Trial = {
    ...sandbox,
    control,
    token,
    code: async ({ clientId, redirectUris }, user = marie.email) =>
      (await control.authorize({ clientId, redirectUri: redirectUris[0] ?? '', user })).code,
    exchange: (client, code, changes = {}) =>
      token({
        ...credentials(client),
        grant_type: 'authorization_code',
        code,
        redirect_uri: client.redirectUris[0] ?? '',
        ...changes,
      }),
    connect: async (client, user) => {
      const response = await trial.exchange(client, await trial.code(client, user))
      return (await response.json()) as TokenPair
    },
    refresh: (client, refreshToken, changes = {}) =>
      token({ ...credentials(client), grant_type: 'refresh_token', refresh_token: refreshToken, ...changes }),
    call: (accessToken, endpoint, body) =>
      fetch(`${sandbox.url}/${endpoint}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      }),
  }
  return trial
}
