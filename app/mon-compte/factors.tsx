import { Fingerprint, NotebookText, Smartphone } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { whenInline } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { type FactorOverview, readFactors } from '#lib/server/loaders/factors/factor-pages.ts'
import { RemoveFactor } from './remove-factor.tsx'
import { RenewCodes } from './renew-codes.tsx'

const timesOf = async (factor: { createdAt: Date; usedAt: Date | null }, now: Date): Promise<string> => {
  const [t, added] = await Promise.all([getTranslations('account.factors'), whenInline(factor.createdAt, now)])
  return factor.usedAt ? t('used', { added, used: await whenInline(factor.usedAt, now) }) : t('unused', { added })
}

const Line = ({ icon, name, help, children }: { icon: ReactNode; name: string; help: string; children: ReactNode }) => (
  <li>
    {icon}
    <div>
      <strong>{name}</strong>
      <small>{help}</small>
    </div>
    {children}
  </li>
)

const Passkeys = async ({ passkeys, now }: FactorOverview) => {
  const t = await getTranslations('account.factors')
  return (
    <div className="row">
      <h3>{t('passkeys')}</h3>
      <div>
        {passkeys.length > 0 ? (
          <ul className="items">
            {passkeys.map(async (passkey) => (
              <Line
                key={passkey.id}
                icon={<Fingerprint className="icon" aria-hidden="true" />}
                name={passkey.name}
                help={await timesOf(passkey, now)}
              >
                <RemoveFactor which="passkey" passkey={passkey.id} name={passkey.name} />
              </Line>
            ))}
          </ul>
        ) : null}
        <p className="items-foot">
          <a className="button" href="/mon-compte/second-facteur">
            {t('addPasskey')}
          </a>
        </p>
      </div>
    </div>
  )
}

const App = async ({ totp, now }: FactorOverview) => {
  const t = await getTranslations('account.factors')
  return (
    <div className="row">
      <h3>{t('app')}</h3>
      {totp ? (
        <div>
          <ul className="items">
            <Line
              icon={<Smartphone className="icon" aria-hidden="true" />}
              name={t('sixDigits')}
              help={await timesOf(totp, now)}
            >
              <RemoveFactor which="totp" name={t('app')} />
            </Line>
          </ul>
          <p className="items-foot">
            <a className="button" href="/mon-compte/second-facteur">
              {t('replace')}
            </a>
          </p>
        </div>
      ) : (
        <p className="items-foot">
          <a className="button" href="/mon-compte/second-facteur">
            {t('install')}
          </a>
        </p>
      )}
    </div>
  )
}

const Codes = async ({ codes: { left, madeAt }, now }: FactorOverview) => {
  const t = await getTranslations('account.factors')
  if (!madeAt) return null
  return (
    <div className="row">
      <h3>{t('codes')}</h3>
      <ul className="items">
        <Line
          icon={<NotebookText className="icon" aria-hidden="true" />}
          name={t('left', { left })}
          help={t('made', { when: await whenInline(madeAt, now) })}
        >
          <RenewCodes />
        </Line>
      </ul>
    </div>
  )
}

/** « Second facteur »: what there is, beside the password, to prove that it is you. */
export const Factors = async () => {
  const [factors, t] = await Promise.all([readFactors(), getTranslations('account.factors')])
  const there = factors.totp !== null || factors.passkeys.length > 0
  return (
    <section className="section" data-tone={there ? 'ok' : undefined} aria-labelledby="account-factors">
      <div className="section-head">
        <h2 id="account-factors">{t('title')}</h2>
        {factors.required ? <p>{t('required')}</p> : null}
      </div>
      <div className="hero">
        <StateIcon state={there ? 'connected' : 'paused'} />
        <p className="banner-label">{t(there ? 'there' : 'missing')}</p>
        <p className="hero-sentence">{t(there ? 'thereSentence' : 'missingSentence')}</p>
      </div>
      <div className="factors">
        <Passkeys {...factors} />
        <App {...factors} />
        <Codes {...factors} />
      </div>
    </section>
  )
}
