import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { ForwardedCall, ProviderApi, TokenProvider } from '#lib/ports/connections.ts'

/** Runs one call to a provider, and sees when it began and ended. */
export type ObserveCall = <T>(provider: ProviderId, operation: string, call: () => Promise<T>) => Promise<T>

/** What of a provider's interface is a call over the network, and what it is named in metrics and traces. */
const operations: Record<string, string | ((provider: object, args: unknown[]) => string)> = {
  refresh: 'refresh',
  exchange: 'exchange',
  identify: 'identify',
  testRead: 'test',
  readList: 'list',
  forward: (provider, [call]) => (provider as TokenProvider).operationOf((call as ForwardedCall).path),
  list: 'webhooks',
  register: 'webhooks',
  unregister: 'webhooks',
}

type Call = (...args: unknown[]) => Promise<unknown>

const observed = <T extends object>(id: ProviderId, part: T, observe: ObserveCall): T =>
  Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      const operation = operations[name]
      if (operation === undefined || typeof value !== 'function') return [name, value]
      const nameOf = typeof operation === 'string' ? () => operation : (args: unknown[]) => operation(part, args)
      return [name, (...args: unknown[]) => observe(id, nameOf(args), () => (value as Call)(...args))]
    }),
  ) as T

/** The same provider, whose calls are seen. */
export const observedProvider = <P extends ProviderApi>(id: ProviderId, provider: P, observe: ObserveCall): P => {
  const webhooks = 'webhooks' in provider && provider.webhooks
  return {
    ...observed(id, provider, observe),
    ...(webhooks && { webhooks: observed(id, webhooks, observe) }),
  }
}
