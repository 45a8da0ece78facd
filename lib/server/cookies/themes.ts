/** `system`: as the device is set. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** A theme in the words of CSS and of `<meta name="color-scheme">`. */
export const colorSchemes: Record<Theme, 'light dark' | 'light' | 'dark'> = {
  system: 'light dark',
  light: 'light',
  dark: 'dark',
}
