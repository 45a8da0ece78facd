import 'server-only'
import type { ConsoleView } from '#lib/domain/console-view.ts'
import { container } from './container.ts'
import { requireSupport } from './session.ts'

export type { ConsoleRow } from '#lib/ports/console-store.ts'

const everything: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: null, failedSince: null },
  sort: { by: 'urgency', descending: false },
}

/** Every connection and how it stands, those needing attention first; for support alone. */
export const readConnections = async () => {
  await requireSupport()
  const { browseConnections } = await container()
  return (await browseConnections.page(everything, null)).rows
}
