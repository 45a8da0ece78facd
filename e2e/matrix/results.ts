import { findSecrets } from '../harness/canary.ts'
import type { MatrixAccounts } from './test-users.ts'

/** A row of the matrix: what each who asked was answered. */
export interface Row {
  endpoint: string
  cells: Record<string, string>
}

/** What was found: the matrix, and every leak as a sentence. */
export const openReport = (
  { secrets, canaries, addresses }: Pick<MatrixAccounts, 'secrets' | 'canaries' | 'addresses'>,
  changed: () => Promise<string[]>,
) => {
  const rows: Row[] = []
  const leaks: string[] = []
  return {
    rows,
    leaks,
    expect: (endpoint: string, who: string, reported: string, wanted: string) => {
      if (reported !== wanted) leaks.push(`${endpoint} answered ${who} ${reported}, not ${wanted}`)
    },
    /**
     * @param own whoever reads it may know what is tenant A's; secrets nobody may
     * @param known what whoever reads it had written, or the page is for
     */
    search: (endpoint: string, who: string, content: string, own: boolean, known: string[] = []) => {
      const hidden = Object.entries({
        ...secrets,
        ...(own ? {} : canaries),
        ...(who === 'reader' ? addresses : {}),
      }).filter(([, value]) => !known.includes(value))
      leaks.push(...findSecrets(`${endpoint}, answered to ${who}`, content, Object.fromEntries(hidden)))
    },
    /** @returns the tables of tenant A that an action changed. */
    watch: async <T>(spec: () => Promise<T>) => {
      await changed()
      return { done: await spec(), tables: await changed() }
    },
  }
}

export type Report = ReturnType<typeof openReport>
