import type { Page } from '@playwright/test'
import { newKey, reportRefused } from '../harness/api-client.ts'
import type { AppServer } from '../harness/app-server.ts'
import { connectAhead, makeDue } from '../harness/connection.ts'
import { type Customer, enter } from '../harness/customer.ts'
import { newReader } from '../pages/reader.ts'
import { newSupporter } from '../pages/support.ts'

export interface Stage {
  page: Page
  server: AppServer
  customer: Customer
}

/** Brings a page about. @returns its path, and whose language it is in; nobody's when it is read signed out. */
export type Prepare = (stage: Stage) => Promise<{ path: string; reader?: string }>

export const signedOut =
  (path: string): Prepare =>
  async () => ({ path })

/** @param before what happened to the tenant */
export const asAdmin =
  (path: string, before: (stage: Stage) => Promise<unknown> = async () => {}): Prepare =>
  async (stage) => {
    await before(stage)
    await enter(stage.page, stage.server, stage.customer)
    return { path, reader: stage.customer.email }
  }

export const connected = ({ server, customer }: Stage) => connectAhead(server, customer)

export const asReader =
  (path: string, before: (stage: Stage) => Promise<unknown> = async () => {}): Prepare =>
  async (stage) => {
    await before(stage)
    const reader = await newReader(stage.server, stage.customer.tenantId)
    await enter(stage.page, stage.server, reader)
    return { path, reader: reader.email }
  }

export const asSupport =
  (path: (stage: Stage) => string | Promise<string>, before = connected): Prepare =>
  async (stage) => {
    const supporter = await newSupporter(stage.server)
    await before(stage)
    await enter(stage.page, stage.server, supporter)
    return { path: await path(stage), reader: supporter.email }
  }

/** The next refresh is answered so. */
export const refreshed = (step: object) => async (stage: Stage) => {
  await connected(stage)
  const { server, customer } = stage
  await server.sandbox.script({ clientId: customer.integration.clientId }, [step])
  await makeDue(server, customer)
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
}
