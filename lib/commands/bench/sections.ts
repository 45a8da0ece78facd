import { fleet } from './fleet.ts'
import type { Section } from './section.ts'
import { supportList } from './support-list.ts'
import { tokenApi } from './token-api.ts'

/** In the order in which they are measured and written. */
export const sections: readonly Section[] = [tokenApi, supportList, fleet]
