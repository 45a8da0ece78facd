import type { FormState } from '#lib/domain/form-state.ts'
import type { FormMessages } from './form-context.ts'

const longestMinutes = 90

/** How to repair a problem; where a limit caused it, with how long that holds. */
export const withWait = (
  fix: string,
  { evidence }: Pick<FormState['problems'][number], 'evidence'>,
  { wait }: Pick<FormMessages, 'wait'>,
): string => {
  const seconds = evidence?.retryAfterS
  if (typeof seconds !== 'number') return fix
  const minutes = Math.ceil(seconds / 60)
  const [text, count] =
    minutes > longestMinutes ? [wait.hours, Math.ceil(minutes / 60)] : ([wait.minutes, minutes] as const)
  return `${fix} ${text.replace('{count}', String(count))}`
}
