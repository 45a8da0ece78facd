import { type State, switchesFor } from '#lib/sandbox/state.ts'
import type { Integration } from '../integration.ts'

export type AuthorizationRequest = { client: Integration; redirectUri: string; clientState: string | undefined }

/** Why the page stays here: a request that cannot be trusted must never redirect. */
export type AuthorizationFault = { status: number; title: string; message: string }

/** « Uniquement administrateur » was ticked on the integration. */
export const administratorsOnly: AuthorizationFault = {
  status: 403,
  title: 'Réservée aux administrateurs',
  message: 'Seul un administrateur de Teamleader peut autoriser cette intégration.',
}

export function readAuthorizationRequest(
  state: State,
  query: URLSearchParams,
): AuthorizationRequest | AuthorizationFault {
  const client = state.integrations.get(query.get('client_id') ?? '')
  if (!client) {
    return {
      status: 401,
      title: 'Intégration inconnue',
      message: 'Aucune intégration ne porte cet ID client (client_id).',
    }
  }
  if (state.listings.get(client.clientId)?.submitted) {
    return {
      status: 401,
      title: 'Intégration en cours de révision',
      message: `L’intégration ${client.name} a été soumise pour publication : personne ne peut l’autoriser avant la fin de la révision.`,
    }
  }
  const redirectUri = query.get('redirect_uri')
  if (!redirectUri || !isAllowed(state, client, redirectUri)) {
    return {
      status: 401,
      title: 'URI de redirection non autorisée',
      message: `« ${redirectUri ?? ''} » ne figure pas parmi les « Valid redirect URIs » de l’intégration ${client.name}.`,
    }
  }
  if (query.get('response_type') !== 'code') {
    return { status: 400, title: 'Demande incomplète', message: 'Le paramètre response_type doit valoir « code ».' }
  }
  return { client, redirectUri, clientState: query.get('state') ?? undefined }
}

function isAllowed(state: State, { clientId, redirectUris }: Integration, redirectUri: string): boolean {
  if (redirectUris.length > 0) return redirectUris.includes(redirectUri)
  return (
    switchesFor(state, clientId).empty_allow_list === 'any' && /^https?:/.test(redirectUri) && URL.canParse(redirectUri)
  )
}
