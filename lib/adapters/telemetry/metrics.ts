import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import type { Fleet, Meter } from '#lib/ports/operations.ts'

const instruments = (registry: Registry) => {
  const about = <const L extends string>(name: string, help: string, ...labelNames: L[]) => ({
    ...{ name: `porte_cles_${name}`, help, labelNames, registers: [registry] },
  })
  return {
    connections: new Gauge(about('connections', 'Connections in use, all processes.', 'provider', 'state')),
    breaker: new Gauge(about('breaker_open', '1 while a provider is not called.', 'provider')),
    queue: new Gauge(about('queue_delay_seconds', 'How overdue the oldest work is, all processes.', 'queue')),
    lag: new Gauge(about('sync_lag_seconds', 'Since the least recent copy of a list was complete.', 'list')),
    proof: new Gauge(about('proof_age_seconds', 'Since the least recent proof of a copy.', 'list')),
    refreshes: new Counter(about('refreshes_total', 'Refreshes of tokens that ended.', 'provider', 'outcome')),
    records: new Counter(about('sync_records_total', 'Records that a copy changed.', 'list', 'change')),
    deliveries: new Counter(about('deliveries_total', 'Attempts to deliver mails and events.', 'channel', 'outcome')),
    age: new Histogram({
      ...about('token_age_seconds', 'Age of access tokens when they are handed out.', 'provider'),
      buckets: [60, 600, 1_800, 3_000, 3_600, 7_200, 86_400],
    }),
    calls: new Histogram({
      ...about('provider_request_seconds', 'Calls to a provider.', 'provider', 'operation'),
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    }),
    database: new Histogram({
      ...about('database_seconds', 'Operations of the store, waiting included.', 'operation'),
      buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    }),
  }
}

const seconds = (ms: number) => ms / 1000

/** What this process counts, in a registry of its own; the fleet's numbers are given when it is asked. */
export const processMetrics = () => {
  const registry = new Registry()
  let isWatched = false
  const { connections, breaker, queue, lag, proof, refreshes, records, deliveries, age, calls, database } =
    instruments(registry)
  // `increase()` does not see a first attempt that is also the first sample
  for (const channel of ['mail', 'webhook'] as const)
    for (const outcome of ['delivered', 'retried', 'given_up'] as const) deliveries.inc({ channel, outcome }, 0)
  const meter: Meter = {
    refreshed: (provider, outcome) => refreshes.inc({ provider, outcome }),
    handedOut: (provider, ageMs) => age.observe({ provider }, seconds(ageMs)),
    recordsChanged: (list, change, count) => records.inc({ list, change }, count),
    attempted: (channel, outcome) => deliveries.inc({ channel, outcome }),
  }

  const setFleet = (fleet: Fleet | null) => {
    for (const gauge of [connections, breaker, queue, lag, proof]) gauge.reset()
    // numbers that are not known are left out: the last ones would look like today's
    if (!fleet) return
    for (const { provider, state, count } of fleet.connections) connections.set({ provider, state }, count)
    for (const provider of providerIds) breaker.set({ provider }, fleet.openBreakers.includes(provider) ? 1 : 0)
    for (const [name, ms] of Object.entries(fleet.queueDelaysMs)) queue.set({ queue: name }, seconds(ms))
    for (const { list, lagMs, proofAgeMs } of fleet.lists) {
      if (lagMs !== null) lag.set({ list }, seconds(lagMs))
      if (proofAgeMs !== null) proof.set({ list }, seconds(proofAgeMs))
    }
  }

  return {
    meter,
    providerAnswered: (provider: ProviderId, operation: string, ms: number) =>
      calls.observe({ provider, operation }, seconds(ms)),
    databaseAnswered: (operation: string, ms: number) => database.observe({ operation }, seconds(ms)),
    /** Processor, memory and event-loop delay of the process, from now on. */
    watchProcess: () => {
      if (!isWatched) collectDefaultMetrics({ register: registry })
      isWatched = true
    },
    /** @returns the text format of Prometheus, and its media type */
    render: async (fleet: Fleet | null): Promise<{ type: string; text: string }> => {
      setFleet(fleet)
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}
