import 'server-only'
import { container } from '#lib/composition/container.ts'

interface Choice {
  /** Seconds. */
  maxAge: number
  path?: string
  sameSite?: 'lax' | 'strict'
}

/** What every cookie of ours shares. */
export const cookieOptions = async ({ maxAge, path = '/', sameSite = 'lax' }: Choice) => {
  const { publicUrl } = await container()
  return { httpOnly: true, secure: publicUrl.startsWith('https:'), sameSite, path, maxAge } as const
}
