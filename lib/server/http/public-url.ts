import 'server-only'
import { container } from '#lib/composition/container.ts'

/** The origin that people are to use. */
export const publicUrl = async (): Promise<string> => (await container()).publicUrl
