'use client'

import { startTransition, useEffect } from 'react'

const hourMs = 60 * 60 * 1000

/** Somebody is at work that a new drawing could disturb: an answer is on its way, or text is being selected. */
const busy = () =>
  document.querySelector('form[aria-busy="true"]') !== null ||
  document.activeElement instanceof HTMLTextAreaElement ||
  document.getSelection()?.isCollapsed === false

/** Shows by itself what changes elsewhere, while somebody looks and when they come back to look; after `forMs` nobody does. */
export const AutoRefresh = ({
  look,
  everyMs = 15_000,
  forMs = hourMs,
}: {
  look: (form: FormData) => Promise<void>
  everyMs?: number
  forMs?: number
}) => {
  useEffect(() => {
    const openedAt = performance.now()
    let under = false
    const lookOnce = () => {
      if (performance.now() - openedAt > forMs) return clearInterval(timer)
      if (document.visibilityState === 'hidden' || under || busy()) return
      under = true
      startTransition(async () => {
        try {
          await look(new FormData())
        } catch {
          // the next look may fare better
        } finally {
          under = false
        }
      })
    }
    const timer = setInterval(lookOnce, everyMs)
    document.addEventListener('visibilitychange', lookOnce)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookOnce)
    }
  }, [look, everyMs, forMs])
  return null
}
