import 'server-only'
import { revalidatePath } from 'next/cache'
import { Failure } from '#lib/domain/failure.ts'
import type { ProviderId } from '#lib/domain/provider.ts'
import { container } from './container.ts'
import { formAction } from './form-action.ts'
import { clearNotice } from './notice.ts'
import { requireFormAdmin } from './session.ts'

const route = '/administratif/cle-de-securite'

/** « Tester la connexion »: what was found is on the page when this returns. */
export const testing = (provider: ProviderId) =>
  formAction({ route, kept: [], secrets: [] }, async () => {
    const admin = await requireFormAdmin()
    const { testConnection } = await container()
    try {
      await testConnection(admin, provider)
    } finally {
      revalidatePath(route)
    }
    return {}
  })

/** « Déconnecter » */
export const disconnecting = (provider: ProviderId) =>
  formAction({ route, kept: [], secrets: [] }, async () => {
    const admin = await requireFormAdmin()
    const { disconnect } = await container()
    await disconnect(admin, provider).catch((error: unknown) => {
      // pressed twice, or in two tabs: what was asked for is so
      if (!(error instanceof Failure && error.code === 'not_connected')) throw error
    })
    await clearNotice()
    revalidatePath(route)
    return {}
  })
