import type { Locale } from '#lib/domain/accounts/user.ts'

/** Each language is named in itself. */
export const languages: readonly (readonly [Locale, string])[] = [
  ['fr', 'Français'],
  ['nl', 'Nederlands'],
  ['en', 'English'],
]
