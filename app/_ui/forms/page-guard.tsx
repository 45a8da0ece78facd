'use client'

import { useEffect } from 'react'
import { pageLoaded } from './activity.ts'
import { mayLeave, setLeaveQuestion } from './unsaved.ts'

/** Long enough for whoever takes the focus on purpose. */
const patienceMs = 60

const focus = (target: HTMLElement) => {
  if (target.tabIndex < 0 && !target.hasAttribute('tabindex')) target.tabIndex = -1
  target.focus()
}

/** Where to go on from what is gone: what is asked nearby, how it stands there, or the heading. */
const placeNear = (around: readonly Element[]): HTMLElement | null => {
  const near = around.find((element) => element.isConnected) ?? document.querySelector('main')
  for (const selector of ['[data-asks]', '[data-outcome]', 'h1, h2, h3']) {
    const found = near?.querySelector<HTMLElement>(selector)
    if (found) return found
  }
  return null
}

const nowhere = () => document.activeElement === null || document.activeElement === document.body

/** The focus never falls to the page itself when what held it is drawn away. */
const keepFocus = (): (() => void) => {
  let last: { element: HTMLElement; around: Element[] } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return
    const around: Element[] = []
    for (let at = target.parentElement; at; at = at.parentElement) if (at.matches('section, main')) around.push(at)
    last = { element: target, around }
  }
  const forget = () =>
    queueMicrotask(() => {
      // left by somebody, not drawn away
      if (last?.element.isConnected && nowhere()) last = null
    })
  const recover = () => {
    if (!last || last.element.isConnected || !nowhere()) return
    const same = last.element.id === '' ? null : document.getElementById(last.element.id)
    const target = same ?? placeNear(last.around)
    last = null
    if (target) focus(target)
  }
  const look = () => {
    if (!last || last.element.isConnected) return
    clearTimeout(timer)
    timer = setTimeout(recover, patienceMs)
  }
  document.addEventListener('focusin', remember)
  document.addEventListener('focusout', forget)
  const observer = new MutationObserver(look)
  observer.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', remember)
    document.removeEventListener('focusout', forget)
    observer.disconnect()
    clearTimeout(timer)
  }
}

/** Forms that save nothing (signing out, another language) leave what is unsaved elsewhere on the page. */
const askBeforeLeaving = (event: SubmitEvent) => {
  const { target } = event
  if (!(target instanceof HTMLFormElement) || target.noValidate || target.method === 'get') return
  if (mayLeave()) return
  event.preventDefault()
  event.stopPropagation()
}

/** Once a page: keeps the focus, and asks before what is unsaved is left. @param leave the question */
export const PageGuard = ({ leave }: { leave: string }) => {
  useEffect(() => {
    setLeaveQuestion(leave)
    const timer = setTimeout(pageLoaded)
    document.addEventListener('submit', askBeforeLeaving, { capture: true })
    const release = keepFocus()
    return () => {
      clearTimeout(timer)
      document.removeEventListener('submit', askBeforeLeaving, { capture: true })
      release()
    }
  }, [leave])
  return null
}
