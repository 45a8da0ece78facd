import type { RemoteControl } from '#lib/sandbox/control/remote-control.ts'
import type { Switches } from '#lib/sandbox/control/switches.ts'
import { openTrial } from '#lib/sandbox/test-sandbox.ts'
import type { AccountRecords } from '../records/account-records.ts'

type Item = Record<string, unknown> & { id: string }

/** A client connected to a sandbox of its own, whose records a test may change. */
export type ListClient = {
  clientId: string
  control: RemoteControl
  records: AccountRecords
  webhooksSettled(): Promise<void>
  call(endpoint: string, body?: object): Promise<Response>
  /** The rows of a list. */
  list(endpoint: string, body?: object): Promise<Item[]>
  turn(switches: Partial<Switches>): Promise<void>
  stop(): Promise<void>
}

export async function connectedClient(): Promise<ListClient> {
  const trial = await openTrial()
  const integration = await trial.control.integrate()
  await trial.control.turn(integration, { rate_limit: 1_000_000 })
  const { access_token } = await trial.connect(integration)
  const call = (endpoint: string, body?: object) => trial.call(access_token, endpoint, body)
  return {
    clientId: integration.clientId,
    control: trial.control,
    records: trial.teamleader.records(),
    webhooksSettled: trial.teamleader.webhooksSettled,
    call,
    list: async (endpoint, body) => ((await (await call(endpoint, body)).json()) as { data: Item[] }).data,
    turn: (switches) => trial.control.turn(integration, switches),
    stop: trial.stop,
  }
}
