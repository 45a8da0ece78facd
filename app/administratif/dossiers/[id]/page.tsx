import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RecordPage } from '#app/_ui/records/record-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('lists'))('title.dossiers'),
})

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RecordPage list="dossiers" id={(await params).id} />
}
