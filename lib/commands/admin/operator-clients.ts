import type { Container } from '#lib/composition/container.ts'
import { bad, type Finding, fine } from './finding.ts'

/** An authorization that was refused longer ago says nothing of now. */
const refusedWithinMs = 3600 * 1000

/** The operator's own clients: what was minted by one needs it in the settings for as long as it lives. */
export const checkSharedClients = async ({ store, clock, env }: Container): Promise<Finding[]> => {
  const shared = env.teamleader.sharedClients
  const used = await store.console.countSharedClients()
  const waiting = await store.console.countOperatorFault(new Date(clock.now().getTime() - refusedWithinMs))
  const missing = used.filter((one) => !shared.some(({ identifier }) => identifier === one.identifier))
  return [
    ...(shared[0]
      ? [
          fine(
            'teamleader_clients',
            `TEAMLEADER_CLIENTS: ${shared.length} in all; ${shared[0].identifier} serves new authorizations.`,
          ),
        ]
      : []),
    ...missing.map(({ identifier, tokenSets }) =>
      bad(
        'teamleader_clients',
        `TEAMLEADER_CLIENTS: lacks ${identifier}, which ${tokenSets} connections were made with: put it back.`,
      ),
    ),
    ...(waiting > 0
      ? [
          bad(
            'teamleader_clients',
            `TEAMLEADER_CLIENTS: ${waiting} connections wait: Teamleader refuses a client of it, or it was missing; they go on by themselves.`,
          ),
        ]
      : []),
  ]
}
