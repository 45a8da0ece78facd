'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useEffect, useRef } from 'react'

interface Props {
  typed: string
  hint: string
  /** Id of what says which key leads here. */
  help: string
}

/** Somebody stops typing for so long. */
const pauseMs = 250

const typing = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog[open]') !== null

/** A search field that answers while somebody types, by the address that its form asks for; « / » leads to it. */
export const LiveSearch = ({ typed, hint, help }: Props) => {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    document.addEventListener('keydown', focus)
    return () => {
      document.removeEventListener('keydown', focus)
      clearTimeout(waiting.current)
    }
  }, [])

  const ask = () => {
    const form = input.current?.form
    if (!form) return
    const fields = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string')
    const query = new URLSearchParams(fields.filter(([, value]) => value.trim() !== '')).toString()
    startTransition(() => router.replace(query ? `?${query}` : (form.getAttribute('action') ?? ''), { scroll: false }))
  }
  const askSoon = () => {
    clearTimeout(waiting.current)
    waiting.current = setTimeout(ask, pauseMs)
  }

  return (
    <input
      ref={input}
      id="q"
      name="q"
      type="search"
      defaultValue={typed}
      placeholder={hint}
      aria-describedby={help}
      aria-keyshortcuts="/"
      autoComplete="off"
      spellCheck={false}
      onInput={askSoon}
    />
  )
}
