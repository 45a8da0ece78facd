import 'server-only'
import { cookies } from 'next/headers'
import { container } from '#lib/composition/container.ts'
import { cookieAttributes, cookieName } from './cookie-name.ts'
import { setCookie } from './submit-once.ts'

interface Choice {
  /** Without its prefix. */
  name: string
  /** Seconds. */
  maxAge: number
  path?: string
  sameSite?: 'lax' | 'strict'
}

/** A cookie of ours, by one name and one set of attributes wherever it is read, written or deleted. */
export const ownCookie = ({ name, maxAge, path = '/', sameSite = 'lax' }: Choice) => {
  const set = async (value: string, age: number) => {
    const { publicUrl } = await container()
    const attributes = { ...cookieAttributes(path, sameSite, publicUrl), maxAge: age }
    await setCookie(cookieName(name, path, publicUrl), value, attributes)
  }
  return {
    read: async (): Promise<string | null> => {
      const { publicUrl } = await container()
      return (await cookies()).get(cookieName(name, path, publicUrl))?.value ?? null
    },
    write: (value: string) => set(value, maxAge),
    /** A prefixed cookie is only replaced by one that has its attributes too. */
    clear: () => set('', 0),
  }
}
