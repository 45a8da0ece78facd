import type { Headline } from '#lib/domain/connections/connection-view.ts'
import type { ListHeadline } from '#lib/domain/sync/view/list-view.ts'

/** How each state is drawn. */
export const icons: Record<ListHeadline, Headline | 'under_way'> = {
  reconnect_required: 'reconnect_required',
  misconfigured: 'misconfigured',
  held: 'question',
  forbidden: 'refused',
  paused: 'paused',
  disconnected: 'unconfigured',
  stopped: 'paused',
  throttled: 'awaiting_authorization',
  retrying: 'awaiting_authorization',
  first: 'under_way',
  requested: 'awaiting_authorization',
  rereading: 'under_way',
  running: 'under_way',
  checking: 'under_way',
  up_to_date: 'connected',
}
