'use client'

import { Bare } from './_ui/layout/message-page.tsx'
import { wordsOfDocument } from './_ui/notices/error-messages.ts'

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  const words = wordsOfDocument()
  return (
    <Bare title={words.title} lede={words.text}>
      <button type="button" className="button primary" onClick={() => retry()}>
        {words.retry}
      </button>
    </Bare>
  )
}
