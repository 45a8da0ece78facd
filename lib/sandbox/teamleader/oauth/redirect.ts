/** The redirect URI as registered, to the letter, with what is to be told appended to its query. */
export function redirectBack(redirectUri: string, params: Record<string, string | undefined>): string {
  const pairs = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(pairs)}`
}
