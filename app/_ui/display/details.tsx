import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  id: string
  title: string
  aside: string
  children: ReactNode
}

/** Folded details, and in a word what they hold. */
export const DetailsBlock = ({ id, title, aside, children }: Props) => (
  <details className="fold" id={id}>
    <summary>
      <ChevronRight className="icon" aria-hidden="true" /> {title} <span className="faint">{aside}</span>
    </summary>
    <div className="fold-body">{children}</div>
  </details>
)
