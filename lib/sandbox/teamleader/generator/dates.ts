/** `2016-02-04T16:44:33+00:00`, the provider's way to write a date and time; null where it has none. */
export const dateTime = (seconds: number): string | null =>
  seconds === 0 ? null : `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`

export const secondsOf = (text: string): number => Math.floor(Date.parse(text) / 1000)
