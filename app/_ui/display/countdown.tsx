'use client'

import { useEffect, useState } from 'react'

interface Props {
  /** Left when the page was made: the browser's own clock may be wrong. */
  leftMs: number
  wholeMs: number
  label: string
  until: string
  over: string
}

const pad = (value: number) => String(value).padStart(2, '0')

/** How long is left, by the second. Without script only the hour of the end is shown. */
export const Countdown = ({ leftMs, wholeMs, label, until, over }: Props) => {
  const [left, setLeft] = useState(leftMs)
  useEffect(() => {
    const end = performance.now() + leftMs
    const timer = setInterval(() => setLeft(Math.max(0, end - performance.now())), 1000)
    return () => clearInterval(timer)
  }, [leftMs])

  const seconds = Math.ceil(left / 1000)
  const dial = `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`
  return (
    <div className="countdown">
      <p>
        <span className="dial num" role="timer" aria-label={label}>
          {dial}
        </span>
        <span className="faint" role={left === 0 ? 'status' : undefined}>
          {left === 0 ? over : until}
        </span>
      </p>
      <progress max={Math.round(wholeMs / 1000)} value={seconds} aria-label={label} />
    </div>
  )
}
