import { isLoopback } from './settings/setting-urls.ts'

/** What works, but not as well as it should where other people reach it; a sentence each. */
export const startupWarnings = ({ publicUrl, trustedProxyHops }: { publicUrl: string; trustedProxyHops: number }) =>
  trustedProxyHops === 0 && !isLoopback(new URL(publicUrl))
    ? [
        'TRUSTED_PROXY_HOPS is 0 while PUBLIC_URL is public: no guess is limited by the address it comes from. Set it to the number of proxies that write X-Forwarded-For.',
      ]
    : []
