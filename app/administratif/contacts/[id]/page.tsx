import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { RecordPage } from '#app/_ui/records/record-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('lists'))('title.contacts'),
})

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RecordPage list="contacts" id={(await params).id} />
}
