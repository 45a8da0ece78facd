import { dayMs, hourMs } from '../duration.ts'

/** Mails that people trigger; those that the program sends by itself have limits of their own. */
export const mailLimits = {
  recipient: { limit: 3, windowMs: hourMs },
  sender: { limit: 20, windowMs: hourMs },
  /** Requests of support to many tenants at once: to each of them. */
  many: { limit: 1, windowMs: dayMs },
  tenant: { limit: 50, windowMs: dayMs },
}
