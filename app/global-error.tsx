'use client'

import './_ui/styles/tokens.css'
import './_ui/styles/base.css'
import './_ui/styles/parts/icons.css'
import './_ui/styles/parts/shell.css'
import './_ui/styles/parts/button.css'
import './_ui/styles/pages/auth.css'
import { localeOfDocument } from './_ui/notices/error-messages.ts'
import ErrorPage from './error.tsx'

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang={localeOfDocument()}>
      <body>
        <ErrorPage error={error} retry={retry} />
      </body>
    </html>
  )
}
