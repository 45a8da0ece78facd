'use client'

import { Bare } from './_ui/bare.tsx'
import { wordsOfDocument } from './_ui/error-words.ts'

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
