const crmEndpoints = ['companies.list', 'contacts.list', 'departments.list', 'companies.info', 'contacts.info'] as const
const webhookEndpoints = ['webhooks.list', 'webhooks.register', 'webhooks.unregister'] as const
const apiEndpoints = ['users.me', 'users.list', ...crmEndpoints, 'departments.info', ...webhookEndpoints] as const
const teoEndpoints = ['teo.token', 'teo.dossiers'] as const
const v1Endpoints = ['v1.hello', 'v1.companies', 'v1.contacts', 'v1.departments'] as const
const endpoints = ['token', 'authorize', ...apiEndpoints, ...teoEndpoints, ...v1Endpoints] as const
export type Endpoint = (typeof endpoints)[number]

/** One thing that goes wrong, once, with one matching request. What each verb means is in README.md. */
export type Step = {
  on?: Endpoint | '*'
  times?: number
  delay_before?: number
  delay_after?: number
  reset_before?: boolean
  commit?: boolean
  commit_then_drop?: boolean
  commit_then_500?: boolean
  commit_then_html?: boolean
  status?: number
  headers?: Record<string, string>
  body?: unknown
  body_base64?: string
  set?: Record<string, unknown>
  drip?: number
  huge?: number
  redirect?: string
  no_rotation?: boolean
  grace?: number
  revoke?: boolean
  clock?: number
}

const shapes: Record<keyof Step, (value: unknown) => boolean> = {
  on: (value) => value === '*' || endpoints.some((endpoint) => endpoint === value),
  times: (value) => isCount(value) && value > 0,
  delay_before: isCount,
  delay_after: isCount,
  reset_before: isFlag,
  commit: isFlag,
  commit_then_drop: isFlag,
  commit_then_500: isFlag,
  commit_then_html: isFlag,
  status: (value) => isCount(value) && value >= 200 && value <= 599,
  headers: (value) => isRecord(value) && Object.values(value).every((header) => typeof header === 'string'),
  body: () => true,
  body_base64: (value) => typeof value === 'string',
  set: isRecord,
  drip: isCount,
  huge: isCount,
  redirect: (value) => typeof value === 'string',
  no_rotation: isFlag,
  grace: isCount,
  revoke: isFlag,
  clock: (value) => typeof value === 'number' && Number.isFinite(value),
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean'
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @returns the first thing wrong with `script`, in words, or undefined: a mistyped verb must not pass for a calm provider. */
export function faultInScript(script: unknown): string | undefined {
  if (!Array.isArray(script)) return 'a script is a list of steps'
  for (const step of script) {
    if (!isRecord(step)) return 'a step is an object'
    for (const [verb, value] of Object.entries(step)) {
      if (!Object.hasOwn(shapes, verb)) return `unknown verb "${verb}"`
      if (!shapes[verb as keyof Step](value)) return `verb "${verb}" cannot be ${JSON.stringify(value)}`
    }
  }
  return undefined
}

const worldVerbs = ['revoke', 'clock', 'grace']

/** A step that only changes the world, and names no request to wait for, is carried out as it is posted. */
export const actsAtOnce = (step: Step): boolean =>
  Object.keys(step).length > 0 && Object.keys(step).every((verb) => worldVerbs.includes(verb))

/** Takes the first step that waits for `endpoint` off the queue, or one of its `times`. */
export function takeStep(queue: Step[], endpoint: Endpoint): Step | undefined {
  const index = queue.findIndex(({ on = 'token' }) => on === '*' || on === endpoint)
  const step = queue[index]
  if (!step) return undefined
  const { times = 1 } = step
  if (times > 1) queue[index] = { ...step, times: times - 1 }
  else queue.splice(index, 1)
  return step
}
