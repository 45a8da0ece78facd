export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('#lib/server/boot.ts')
  const { openDoor } = await import('#lib/api/door.ts')
  await boot(openDoor)
}
