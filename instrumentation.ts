export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('#lib/composition/boot.ts')
  const { startApiServer } = await import('#lib/api/listener.ts')
  await boot(startApiServer)
}
