import { connectThroughOperator, refuseOperator } from '../harness/connection.ts'
import { enter, keyPage } from '../harness/customer.ts'
import { newSupporter } from '../pages/support.ts'
import { asAdmin, connected, type Prepare, type Stage } from './stage.ts'

const shared = ({ server, customer }: Stage) => connectThroughOperator(server, customer)

/** With the setting on. */
export const operatorPages: Record<string, Prepare> = {
  '« Clé de sécurité », one click away': asAdmin(keyPage),
  '« Clé de sécurité », connected through the operator': asAdmin(keyPage, shared),
  '« Clé de sécurité », with an integration of its own': asAdmin(keyPage, connected),
  '« Clé de sécurité », when the operator is at fault': asAdmin(keyPage, async (stage) => {
    await shared(stage)
    await refuseOperator(stage.server, stage.customer)
  }),
  'the first of two steps': asAdmin('/administratif/guide'),
  'the second of two steps': asAdmin('/administratif/guide?etape=8'),
  'the list of support, when the operator is at fault': async (stage) => {
    const supporter = await newSupporter(stage.server)
    await shared(stage)
    await refuseOperator(stage.server, stage.customer)
    await enter(stage.page, stage.server, supporter)
    return { path: '/support', reader: supporter.email }
  },
}
