import type { ReactNode } from 'react'
import type { Headline } from '#lib/domain/connections/connection-view.ts'

const clock = (
  <>
    <circle cx="12" cy="12" r="10" />
    <path d="M12 6.5V12l3.5 2.5" />
  </>
)

const refusal = (
  <>
    <path className="solid" d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" />
    <path className="knockout" d="m8.5 8.5 7 7M15.5 8.5l-7 7" />
  </>
)

/** A state is told by shape before colour. */
const shapes: Record<Headline | 'ageing' | 'under_way', ReactNode> = {
  unconfigured: (
    <>
      <circle className="dashes" cx="12" cy="12" r="10" />
      <path d="M12 8v8M8 12h8" />
    </>
  ),
  awaiting_authorization: clock,
  code_received: (
    <>
      <path d="M3 13.5V21h18v-7.5M12 3v12M7.5 10.5 12 15l4.5-4.5" />
    </>
  ),
  refused: refusal,
  question: <path d="M3 8h16M15 3.5 19.5 8 15 12.5M21 16.5H5M9 12l-4.5 4.5L9 21" />,
  unverified: (
    <>
      <circle cx="12" cy="12" r="10" />
      <path d="M9 9.5c0-4 6-4 6 0 0 2.2-3 2.3-3 4.5M12 17.4v.1" />
    </>
  ),
  connected: (
    <>
      <circle className="solid" cx="12" cy="12" r="11" />
      <path className="knockout" d="m7 12.3 3.5 3.5L17 8.8" />
    </>
  ),
  degraded: (
    <>
      <path className="solid" d="M12 1.5 23.5 22H.5z" />
      <path className="knockout" d="M12 9v6M12 18.2v.1" />
    </>
  ),
  reconnect_required: <path d="M9.2 2.4A10 10 0 1 0 21.6 14.8M14.8 2.4a10 10 0 0 1 6.8 6.8M12 7v6M12 16.8v.1" />,
  misconfigured: refusal,
  /** What works, and will not for ever. */
  ageing: <path d="M6 2h12M6 22h12M7.5 2v4.5L12 12l4.5-5.5V2M7.5 22v-4.5L12 12l4.5 5.5V22" />,
  /** Something is read or written just now. */
  under_way: <path d="M4.2 8A9 9 0 0 1 20 8.5M19.8 16A9 9 0 0 1 4 15.5M20.3 4v4.5h-4.5M3.7 20v-4.5h4.5" />,
  restored: <path d="M3.5 4v5h5M4 9a9.5 9.5 0 1 1-1.2 6M12 7.5V12l3 2" />,
  paused: (
    <>
      <circle cx="12" cy="12" r="10" />
      <path d="M9.5 8.5v7M14.5 8.5v7" />
    </>
  ),
}

export const StateIcon = ({ state }: { state: Headline | 'ageing' | 'under_way' }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    {shapes[state]}
  </svg>
)
