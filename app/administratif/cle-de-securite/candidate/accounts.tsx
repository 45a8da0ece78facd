import { getTranslations } from 'next-intl/server'
import type { Account } from '#lib/domain/connections/account.ts'
import { AccountId } from '../status/account-id.tsx'

const AccountCard = ({ title, account, unknown }: { title: string; account: Account | null; unknown: string }) => (
  <dl>
    <dt>{title}</dt>
    {account ? (
      <dd>
        <strong>{account.name}</strong> <span>{account.email}</span> <AccountId id={account.id} />
      </dd>
    ) : (
      <dd>
        <strong>{unknown}</strong>
      </dd>
    )}
  </dl>
)

interface Props {
  /** Undefined when nothing is connected yet. */
  current: Account | null | undefined
  candidate: Account | null
}

/** Both accounts side by side, so that one can be told from the other. */
export const Accounts = async ({ current, candidate }: Props) => {
  const t = await getTranslations()
  const unknown = t('fact.unknown')
  return (
    <div className="accounts">
      {current === undefined ? null : <AccountCard title={t('question.current')} account={current} unknown={unknown} />}
      <AccountCard title={t('question.new')} account={candidate} unknown={unknown} />
    </div>
  )
}
