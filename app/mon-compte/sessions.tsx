import { Monitor, Smartphone } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation, type Confirms } from '#app/_ui/forms/confirmation.tsx'
import type { FormMessages } from '#app/_ui/forms/form-context.ts'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { closeOtherSessions, closeSession } from '#lib/server/actions/my-account.ts'
import type { AccountPage } from '#lib/server/loaders/accounts/account-page.ts'

type Listed = AccountPage['sessions'][number]

const handheld = new Set<string | null | undefined>(['iPhone', 'iPad', 'Android'])

/** « Firefox sur macOS » */
const nameOf = async ({ device }: Listed): Promise<string> => {
  const t = await getTranslations('account')
  const { browser, system } = device ?? { browser: null, system: null }
  if (browser && system) return t('device', { browser, system })
  return browser ?? system ?? t('unknownDevice')
}

interface Closing {
  messages: FormMessages
  confirms: Confirms
}

const Row = async ({ session, now, messages, confirms }: Closing & { session: Listed; now: Date }) => {
  const { id, isThis, ip, openedAt, lastSeenAt, device } = session
  const [t, name, opened, seen] = await Promise.all([
    getTranslations('account'),
    nameOf(session),
    whenInline(openedAt, now),
    whenInline(lastSeenAt, now),
  ])
  const Icon = handheld.has(device?.system) ? Smartphone : Monitor
  const times = isThis ? t('since', { opened }) : t('sinceAndSeen', { opened, seen })
  return (
    <li>
      <Icon className="icon" aria-hidden="true" />
      <div>
        <strong>{name}</strong>
        <small>{[ip, times].filter(Boolean).join(', ')}</small>
      </div>
      {isThis ? (
        <span className="here">{t('thisSession')}</span>
      ) : (
        <FormScope action={closeSession} labels={messages} prefix={`session-${id.slice(0, 12)}-`} keeps={false}>
          <ActionForm id={`session-${id.slice(0, 12)}`} className="flat">
            <input type="hidden" name="session" value={id} />
            <SubmitButton kind="quiet" pending={t('pending')}>
              {t('close')} <span className="visually-hidden">{name}</span>
            </SubmitButton>
            <FormNotice />
            <Confirmation {...confirms} />
          </ActionForm>
        </FormScope>
      )}
    </li>
  )
}

/** Where somebody is signed in: what they do not know they close. */
export const Sessions = async ({ page: { sessions, now } }: { page: AccountPage }) => {
  const [t, messages, confirms] = await Promise.all([
    getTranslations('account'),
    formMessages('/mon-compte', ['confirmation_needed', 'confirmation_wrong', 'passkey_refused']),
    readConfirms(),
  ])
  return (
    <section className="section" aria-labelledby="account-sessions">
      <div className="section-head">
        <h2 id="account-sessions">{t('sessions')}</h2>
        <p>{t('sessionsLede')}</p>
      </div>
      <ul className="items">
        {sessions.map((session) => (
          <Row key={session.id} {...{ session, now, messages, confirms }} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <FormScope action={closeOtherSessions} labels={messages} prefix="others-" keeps={false}>
          <ActionForm id="other-sessions" className="items-foot">
            <FormNotice />
            <Confirmation {...confirms} />
            <div className="actions">
              <SubmitButton pending={t('pending')}>{t('closeOthers')}</SubmitButton>
            </div>
          </ActionForm>
        </FormScope>
      ) : null}
    </section>
  )
}
