import type { ReactNode } from 'react'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { FinishLink, RefreshLink } from '#app/administratif/_connection/status-links.tsx'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

const Message = ({
  icon,
  title,
  text,
  children,
}: {
  icon: ReactNode
  title: string
  text: string
  children: ReactNode
}) => (
  <div className="notice" data-tone="neutral" role="status">
    {icon}
    <div>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{text}</p>
    </div>
    {children ? <div className="actions">{children}</div> : null}
  </div>
)

/** What happens beside the state, and blames nobody: « en cours », « déjà fait », a code to finish with. */
export const PassingNotice = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await providerMessages(page.wording)
  const code = page.problem?.code
  if (page.canFinish && model.variant !== 'finish')
    return (
      <Message
        icon={<StateIcon state="code_received" />}
        title={t('variant.finish.label')}
        text={t('variant.finish.sentence')}
      >
        <FinishLink />
      </Message>
    )
  if (model.placement !== 'notice' || model.variant === 'under_way' || !code) return null
  const underWay = code === 'exchange_under_way'
  return (
    <Message
      icon={<StateIcon state={underWay ? 'awaiting_authorization' : 'connected'} />}
      title={t(`failures.${code}.cause`)}
      text={t(`failures.${code}.fix`)}
    >
      {underWay ? <RefreshLink primary={model.primary === 'refresh'} /> : null}
    </Message>
  )
}
