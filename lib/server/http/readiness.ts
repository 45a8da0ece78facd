import { container } from '#lib/composition/container.ts'

/** @throws Failure `storage_unavailable` when the database does not answer or its migrations are not current. */
export const requireReady = async (): Promise<void> => {
  const { store } = await container()
  await store.ready()
}
