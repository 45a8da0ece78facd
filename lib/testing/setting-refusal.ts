import { parseEnv, StartupError } from '#lib/composition/env.ts'

/** Why a start with these settings is refused; empty when it is not. */
export const refusalOf = (source: Record<string, string>) => {
  try {
    parseEnv(source)
    return ''
  } catch (error) {
    if (error instanceof StartupError) return error.message
    throw error
  }
}
