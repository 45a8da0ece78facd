/** Every mail this house sends; its words are `mail.<kind>` in `lib/i18n`. A `link` is whole, origin included. */
export type Mail =
  /** Null tenant: an invitation to the support team. */
  | { kind: 'invitation'; link: string; tenantName: string | null; days: number }
  | { kind: 'password'; link: string; minutes: number }

export interface WordedMail {
  subject: string
  text: string
}
