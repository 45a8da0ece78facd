import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'
import { icons } from './icons.ts'
import { retryMoment } from './moments.ts'
import { copySentence } from './sentence.ts'

/** How the copy stands: icon, word, sentence. Only the word is announced: the sentence changes with the clock. */
export const Hero = async ({ copy }: { copy: CopyPage }) => {
  const t = await getTranslations('sync')
  const { headline, lists, now } = copy
  const retryAt = lists.find((list) => list.headline === 'retrying')?.dueAt ?? null
  return (
    <div className="hero" tabIndex={-1} data-outcome="" data-state={headline}>
      <StateIcon state={icons[headline]} />
      <p className="banner-label">
        <span role="status">{t(`headlines.${headline}`)}</span>
        {headline === 'retrying' ? ` ${await retryMoment(retryAt, now)}` : null}
      </p>
      <p className="hero-sentence">{await copySentence(copy, now)}</p>
    </div>
  )
}
