import { existsSync } from 'node:fs'

/** The files of settings that Next reads in development; what is set already stays. */
export const loadEnvFiles = (): void => {
  for (const file of ['.env.local', '.env']) if (existsSync(file)) process.loadEnvFile(file)
}
