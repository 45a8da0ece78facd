import { headers } from 'next/headers'

/** Written by the proxy over whatever a client sent: a page is not told its own address. */
export const requestedPathHeader = 'x-requested-path'

/** Path and query of this request. */
export const requestedPath = async (): Promise<string | null> => (await headers()).get(requestedPathHeader)
