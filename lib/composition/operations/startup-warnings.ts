import type { Env } from '../env.ts'
import { areHexadecimal } from '../settings/operator-clients.ts'
import { isLoopback } from '../settings/setting-urls.ts'

/** What works, but not as well as it should, or what looks wrong; a sentence each. */
export const startupWarnings = ({
  publicUrl,
  trustedProxyHops,
  teamleader,
}: Pick<Env, 'publicUrl' | 'trustedProxyHops' | 'teamleader'>) => [
  ...(trustedProxyHops === 0 && !isLoopback(new URL(publicUrl))
    ? [
        'TRUSTED_PROXY_HOPS is 0 while PUBLIC_URL is public: no guess is limited by the address it comes from. Set it to the number of proxies that write X-Forwarded-For.',
      ]
    : []),
  ...(areHexadecimal(teamleader.sharedClients)
    ? []
    : [
        'TEAMLEADER_CLIENTS holds a value with other characters than 0 to 9 and a to f: every Client ID and Client Secret of Teamleader seen so far has those alone.',
      ]),
]
