import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ListPage } from '#app/_ui/records/list-page.tsx'
import type { Params } from '#lib/server/loaders/sync/record-query.ts'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('lists'))('title.contacts'),
})

export default async function Page({ searchParams }: { searchParams: Promise<Params> }) {
  return <ListPage list="contacts" params={await searchParams} />
}
