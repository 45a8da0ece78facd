import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LanguageSwitch } from './language-switch.tsx'
import { Mark } from './logo.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** The shop front's sign: a key and a tag on one ring, which passes through both. */
const Logo = () => (
  <svg className="keyring" viewBox="40 20 320 480" aria-hidden="true">
    <circle className="ring" cx="200" cy="140" r="100" />
    <g transform="rotate(7 147 224.8)">
      <circle className="body" cx="147" cy="254" r="46" />
      <circle cx="147" cy="226" r="11" />
      <path d="M147 300v168M147 468h-40M147 438h-26M147 408h-40" />
    </g>
    <g transform="rotate(-9 253 224.8)">
      <path className="body" d="M216 204h74v138l-37 34-37-34z" />
      <circle cx="253" cy="226" r="11" />
      <path d="M234 268h38M234 290h38M234 312h24" />
    </g>
    <path className="ring" d="M148.5 225.7A100 100 0 0 1 103.4 165.9M254.5 223.9A100 100 0 0 1 203.5 239.9" />
  </svg>
)

/** The pages before sign-in: the brand beside one short form. */
export const AuthLayout = async ({ title, lede, children }: { title: string; lede?: string; children: ReactNode }) => {
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
          <Logo />
          <p className="motto">{t('signIn.motto')}</p>
        </div>
        <main id="content">
          <h1>{title}</h1>
          {lede ? <p className="lede">{lede}</p> : null}
          {children}
          <div className="preferences">
            <LanguageSwitch />
            <ThemeSwitch />
            <a className="link" href="/vie-privee">
              {t('shell.privacy')}
            </a>
          </div>
        </main>
      </div>
    </>
  )
}
