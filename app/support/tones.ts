import type { Tone } from '#lib/domain/connections/connection-view.ts'
import type { Urgency } from '#lib/domain/support/console-view.ts'

export const tones: Record<Urgency, Tone> = {
  reconnect_required: 'bad',
  misconfigured: 'bad',
  degraded: 'warn',
  awaiting_authorization: 'neutral',
  connected: 'ok',
  paused: 'neutral',
  unconfigured: 'neutral',
}
