import { Menu } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LanguageSwitch } from './language-switch.tsx'
import { Mark } from './logo.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

export interface NavEntry {
  href: string
  label: string
  icon: ReactNode
  /** A word on what is broken there, or asked. */
  badge?: { text: string; tone: 'bad' | 'neutral' }
}

interface Props {
  /** Whose pages these are: a customer's, or the support team's. */
  owner: string
  userName: string
  title: string
  /** The entry this page belongs to. */
  here: string
  entries: readonly NavEntry[]
  /** What every page shows first. */
  banner?: ReactNode
  children: ReactNode
}

const Brand = () => (
  <a className="brand" href="/">
    <Mark /> Porte-clés
  </a>
)

/** The frame of every page once signed in: quiet navigation (a native popover on small screens) and one column. */
export const Shell = async ({ owner, userName, title, here, entries, banner, children }: Props) => {
  const t = await getTranslations('shell')
  return (
    <>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <header className="topbar">
        <Brand />
        <button className="button quiet" type="button" popoverTarget="menu">
          <Menu className="icon" aria-hidden="true" /> {t('menu')}
        </button>
      </header>
      <div className="frame">
        <nav className="nav" id="menu" popover="auto" aria-label={t('navigation')}>
          <Brand />
          <p className="nav-owner">{owner}</p>
          <h2 className="nav-title" id="nav-title">
            {title}
          </h2>
          <ul aria-labelledby="nav-title">
            {entries.map(({ href, label, icon, badge }) => (
              <li key={href}>
                <a className="nav-link" href={href} aria-current={href === here ? 'page' : undefined}>
                  {icon} {label}{' '}
                  {badge ? (
                    <span className="badge" data-tone={badge.tone}>
                      {badge.text}
                    </span>
                  ) : null}
                </a>
              </li>
            ))}
          </ul>
          <div className="nav-foot">
            <strong>{userName}</strong>
            <a className="link" href="/mon-compte" aria-current={here === '/mon-compte' ? 'page' : undefined}>
              {t('account')}
            </a>
            <form method="post" action="/deconnexion">
              <button type="submit" className="link">
                {t('signOut')}
              </button>
            </form>
            <a className="link" href="/vie-privee">
              {t('privacy')}
            </a>
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </nav>
        <div>
          {banner}
          {children}
        </div>
      </div>
    </>
  )
}
