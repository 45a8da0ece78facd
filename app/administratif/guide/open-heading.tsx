'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/** The heading of the open step takes the focus of whoever is sent to it, so that the keyboard goes on from there. */
export const OpenHeading = ({ id, children }: { id: string; children: ReactNode }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (location.hash === `#${id}`) heading.current?.focus({ preventScroll: true })
  }, [id])
  return (
    <h2 id={id} tabIndex={-1} ref={heading}>
      {children}
    </h2>
  )
}
