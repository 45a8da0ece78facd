/** An OAuth client that the operator registered for all tenants: nobody has to paste anything (setting `TEAMLEADER_CLIENTS`). */
export interface SharedClient {
  identifier: string
  /** Two while one replaces the other: the first is sent, the second when the first is refused. */
  secrets: readonly [string] | readonly [string, string]
}
