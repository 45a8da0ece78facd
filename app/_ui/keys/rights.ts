import { getTranslations } from 'next-intl/server'

const providers = ['teamleader', 'teamleader-v1', 'teo'] as const
const verbs = { token: 'token', proxy: 'proxy', 'data:read': 'data' } as const

/** What scopes let a program do, in plain words. */
export const rightsOf = async (scopes: readonly string[]): Promise<string[]> => {
  const t = await getTranslations()
  return scopes.map((scope) => {
    if (scope === 'metrics:read') return t('apiKeys.may.metrics')
    const provider = providers.find((id) => scope.startsWith(`${id}:`))
    const verb = provider && verbs[scope.slice(provider.length + 1) as keyof typeof verbs]
    return verb ? t(`apiKeys.may.${verb}`, { provider: t(`journal.value.provider.${provider}`) }) : scope
  })
}
