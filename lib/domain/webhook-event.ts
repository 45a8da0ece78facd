/** What is told of a connection to the webhook of Pro+. */
export type WebhookEvent =
  | 'connection.connected'
  | 'connection.degraded'
  | 'connection.reconnect_required'
  | 'connection.recovered'
  | 'connection.disabled'
