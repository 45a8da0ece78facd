import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type InteractionResults } from 'oidc-provider'

export interface Claims {
  email?: string
  email_verified?: boolean
}

/** Asks who it is, as briefly as can be. */
const page = `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Entreprise</title></head>
<body>
<main>
<h1>Entreprise</h1>
<form method="post">
<label>Identifiant <input name="subject" autocomplete="off"></label>
<button>Entrer</button>
<button name="refuse" value="1">Refuser</button>
</form>
</main>
</body>
</html>
`

const resultOf = (form: URLSearchParams): InteractionResults =>
  form.has('refuse')
    ? { error: 'access_denied', error_description: 'the person refused' }
    : { login: { accountId: form.get('subject') ?? '' } }

const listen = async (server: Server, port: number) => {
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** A real OpenID provider on loopback, for one client; whoever is named exists, with the claims that the test gives. */
export const openOpenIdProvider = async ({ alg = 'RS256' }: { alg?: 'RS256' | 'PS256' | 'ES256' } = {}) => {
  const claimsBySubject = new Map<string, Claims>()
  const client = { client_id: 'porte-cles', client_secret: randomBytes(24).toString('base64url') }
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const key = { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: 'test' }
  let provider: Provider | null = null
  let mute = false

  const interact = async (found: Provider, request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'GET') return response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    const result = resultOf(new URLSearchParams(await text(request)))
    return found.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? ''
    if (!provider || (mute && path.startsWith('/token'))) return response.writeHead(503).end()
    return path.startsWith('/interaction/')
      ? interact(provider, request, response)
      : provider.callback()(request, response)
  }

  let server = createServer(answer)
  const port = await listen(server, 0)
  const issuer = `http://127.0.0.1:${port}`

  const stop = async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }

  return {
    issuer,
    settings: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.client_id, OIDC_CLIENT_SECRET: client.client_secret },
    /** Serves the client at this address from now on. */
    serve: (publicUrl: string) => {
      const served = new Provider(issuer, {
        clients: [
          { ...client, id_token_signed_response_alg: alg, redirect_uris: [`${publicUrl}/api/auth/callback/oidc`] },
        ],
        jwks: { keys: [key] },
        enabledJWA: { idTokenSigningAlgValues: [alg] },
        cookies: { keys: [randomUUID()] },
        claims: { openid: ['sub'], email: ['email', 'email_verified'] },
        ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_, { uid }) => `/interaction/${uid}` },
        findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...claimsBySubject.get(id) }) }),
        // whoever signed in has agreed
        loadExistingGrant: async ({ oidc }) => {
          const grant = new served.Grant({ accountId: oidc.session?.accountId, clientId: client.client_id })
          grant.addOIDCScope('openid email')
          await grant.save()
          return grant
        },
      })
      provider = served
    },
    /** What the provider says of somebody from now on. */
    setClaims: (subject: string, claims: Claims) => claimsBySubject.set(subject, claims),
    /** Answers no token request while true. */
    muteTokens: (on: boolean) => {
      mute = on
    },
    stop,
    start: async () => {
      server = createServer(answer)
      await listen(server, port)
    },
  }
}

export type OpenIdProvider = Awaited<ReturnType<typeof openOpenIdProvider>>
