'use client'

import { type MouseEvent, type ReactNode, useRef } from 'react'

interface Props {
  id: string
  titleId: string
  /** On the button that asks. */
  open: ReactNode
  /** How that button looks beside others. */
  kind?: 'danger aside'
  children: ReactNode
}

/** Asks before something is done: a popover of the browser's own without script, with it a dialog that holds the focus. */
export const ConfirmDialog = ({ id, titleId, open, kind, children }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const show = (event: MouseEvent) => {
    event.preventDefault()
    // a second press finds it open
    if (!dialog.current || dialog.current.open) return
    dialog.current.showModal()
    dialog.current.querySelector<HTMLElement>('[data-keep]')?.focus()
  }
  return (
    <>
      {/* never « toggle »: a second press would take the question away */}
      <button
        className={kind ? `button quiet ${kind}` : 'button quiet'}
        type="button"
        popoverTarget={id}
        popoverTargetAction="show"
        onClick={show}
      >
        {open}
      </button>
      <dialog className="question asked" id={id} popover="auto" aria-labelledby={titleId} ref={dialog}>
        {children}
      </dialog>
    </>
  )
}

/** The way back, which has the focus first. */
export const KeepButton = ({ dialog, children }: { dialog: string; children: ReactNode }) => {
  const hide = (event: MouseEvent<HTMLButtonElement>) => {
    const asked = event.currentTarget.closest('dialog')
    if (!asked?.open) return
    event.preventDefault()
    asked.close()
  }
  return (
    <button
      className="button"
      type="button"
      data-keep=""
      // biome-ignore lint/a11y/noAutofocus: it stands in a dialog, which the browser opens before the script is there
      autoFocus
      popoverTarget={dialog}
      popoverTargetAction="hide"
      onClick={hide}
    >
      {children}
    </button>
  )
}
