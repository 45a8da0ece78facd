import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Keyring } from './keyring.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Mark } from './mark.tsx'

/** The pages before the house: the shop front beside one short form. */
export const Entrance = async ({ title, lede, children }: { title: string; lede?: string; children: ReactNode }) => {
  const t = await getTranslations()
  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <div className="entrance">
        <div className="shop-front" aria-hidden="true">
          <p className="brand">
            <Mark /> Porte-clés
          </p>
          <Keyring />
          <p className="motto">{t('signIn.motto')}</p>
        </div>
        <main id="content">
          <h1>{title}</h1>
          {lede ? <p className="lede">{lede}</p> : null}
          {children}
          <LanguageSwitch />
        </main>
      </div>
    </>
  )
}
