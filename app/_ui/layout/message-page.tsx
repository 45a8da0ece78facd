import type { ReactNode } from 'react'
import { Mark } from './logo.tsx'

interface Props {
  title: string
  lede: ReactNode
  children?: ReactNode
}

/** A page that says one thing and offers one way on. */
export const PlainLayout = ({ title, lede, children }: Props) => (
  <div className="bare">
    <header>
      <a className="brand" href="/">
        <Mark /> Porte-clés
      </a>
    </header>
    <main id="content">
      <h1>{title}</h1>
      <p className="lede">{lede}</p>
      {children ? <div className="actions">{children}</div> : null}
    </main>
  </div>
)
