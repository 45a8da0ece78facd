import { stripVTControlCharacters } from 'node:util'

const longest = 300

/**
 * What a library wrote, as one line: without what it may quote of a request or a person (quoted texts, paths and queries
 * of URLs, e-mail addresses, long strings of a machine), and cut.
 */
export const libraryText = (text: string): string =>
  // cut before it is read: the patterns take long over a long text
  stripVTControlCharacters(text.slice(0, 4 * longest))
    .replace(/"[^"]*"|`[^`]*`/g, '"…"')
    .replace(/(\w+:\/\/[\w.:[\]-]+)[/?#]\S+/g, '$1/…')
    .replace(/\S+@\S+/g, '…')
    .replace(/[\w+/=.-]{24,}/g, '…')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest)
