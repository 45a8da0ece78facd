const hourMs = 60 * 60 * 1000

/** How long each kind of one-time link can be used. */
export const linkLifeMs = { invitation: 7 * 24 * hourMs, password: hourMs, first_run: 24 * hourMs }
