/** Days for which something is kept once it is over. The journal's stand in a setting. */
export const retentionDays = {
  sessions: 1,
  // no limit has a longer window
  throttle: 1,
  rate_budgets: 1,
  links: 30,
  invitations: 30,
  authorizations: 30,
  // after « Déconnecter »
  copy: 30,
  deliveries: 90,
  outages: 365,
} as const
