import { consent } from './app/consent.ts'
import { expiry } from './app/expiry.ts'
import { pages } from './app/pages.ts'
import { recordPages } from './app/record-pages.ts'
import { start } from './app/start.ts'
import { dataApi } from './data/data-api.ts'
import { listFleet } from './data/list-fleet.ts'
import { storedPages } from './data/stored-pages.ts'
import { fleet } from './fleet.ts'
import { memory } from './memory.ts'
import { proxy } from './proxy.ts'
import { recordSearch } from './record-search.ts'
import type { Section } from './section.ts'
import { supportList } from './support-list.ts'
import { tokenApi } from './token-api.ts'

/** In the order in which they are measured and written. */
export const sections: readonly Section[] = [
  start,
  memory,
  tokenApi,
  dataApi,
  proxy,
  expiry,
  consent,
  supportList,
  recordSearch,
  recordPages,
  storedPages,
  listFleet,
  fleet,
  pages,
]
