/** Behind the sign-in: pages, one word a step. What only a provider or a program opens stands elsewhere. */
const page = /^\/(administratif|support|mon-compte)(\/[\w-]+)*$/

/** What an address may hold written out; a backslash is read as a slash by browsers. */
const written = /^[!-[\]-~]{1,2000}$/

const control = /%([01][0-9a-f]|7f)/i

/**
 * One of our own pages, as somebody asked for it before they signed in, query included; null for anything else that an
 * address may name. A file is left for the page that it is of.
 */
export const deepLinkOf = (asked: string): string | null => {
  if (!written.test(asked) || control.test(asked)) return null
  const [path = '', ...query] = asked.split('#')[0]?.split(/(?=\?)/) ?? []
  return page.test(path) ? path.replace(/\/export$/, '') + query.join('') : null
}

/** Where one signs in, to go on to `asked` if that is a page of ours. */
export const signInPathFor = (asked: string | null): string => {
  const deepLink = asked === null ? null : deepLinkOf(asked)
  return deepLink === null ? '/connexion' : `/connexion?${new URLSearchParams({ next: deepLink })}`
}
