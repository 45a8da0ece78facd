export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('#lib/composition/boot.ts')
  await boot(await import('#lib/api/listener.ts'))
}
