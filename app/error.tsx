'use client'

import { useEffect } from 'react'
import { PlainLayout } from './_ui/layout/message-page.tsx'
import { errorMessagesOfDocument } from './_ui/notices/error-messages.ts'

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  const messages = errorMessagesOfDocument()
  useEffect(() => {
    document.title = `${messages.title} · Porte-clés`
  }, [messages])
  return (
    <PlainLayout title={messages.title} lede={messages.text}>
      <button type="button" className="button primary" onClick={() => retry()}>
        {messages.retry}
      </button>
    </PlainLayout>
  )
}
