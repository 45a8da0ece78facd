import type { FailureCode } from '../failure-codes.ts'

/** Characters that Teamleader takes; it counts them like a browser does. */
export const longestName = 25
export const longestShortDescription = 50

/** Teamleader asks for English. */
export const longDescription = 'Synchronise companies and contacts from Teamleader to Pro+.'

const base = 'Pro+ Sync'

/** « Pro+ Sync Delvaux »: as many of the tenant's words as fit, none of them cut. */
export const suggestName = (tenantName: string): string => {
  const messages = tenantName.trim().split(/\s+/)
  const fits = (count: number) => [base, ...messages.slice(0, count)].join(' ').length <= longestName
  const count = messages.filter((_, index) => fits(index + 1)).length
  // « Vandenbroeck & » names nobody
  const named = messages
    .slice(0, count)
    .join(' ')
    .replace(/[^\p{L}\p{N})]+$/u, '')
  return `${base} ${named}`.trim()
}

/** As it is given to Teamleader: no blanks around, one between words. */
export const collapseBlanks = (typed: string): string => typed.trim().replace(/\s+/g, ' ')

const check = (typed: string, longest: number, code: FailureCode): FailureCode[] => {
  const { length } = collapseBlanks(typed)
  return length === 0 || length > longest ? [code] : []
}

export const checkIntegrationName = (typed: string) => check(typed, longestName, 'integration_name_length')

export const checkShortDescription = (typed: string) =>
  check(typed, longestShortDescription, 'short_description_length')
