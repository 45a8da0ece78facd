import { getTranslations } from 'next-intl/server'
import { CopyButton } from '#app/_ui/display/copy-button.tsx'
import { DetailsBlock } from '#app/_ui/display/details.tsx'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** « Copier le diagnostic »; nothing before there is something to report. */
export const CopyDiagnostic = async ({ text }: { text: string }) => {
  const t = await getTranslations()
  if (text === '') return null
  const label = t('button.copyDiagnostic')
  return <CopyButton text={text} label={label} copy={label} copied={t('help.copied')} quiet />
}

/** The same text to read, and to select where no script copies it. */
export const DiagnosticFold = async ({ page }: { page: KeyPage }) => {
  const t = await getTranslations('diagnostic')
  return (
    <DetailsBlock id={`${sectionForms[page.provider].prefix}diagnostic`} title={t('title')} aside={t('aside')}>
      <textarea className="raw" aria-label={t('title')} rows={16} value={page.diagnostic} readOnly />
    </DetailsBlock>
  )
}
