import { whenInline } from '#app/_ui/display/date.tsx'
import { DetailsBlock } from '#app/_ui/display/details.tsx'
import { GuideLink } from '#app/_ui/display/guide-link.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { ConnectionTest } from '#lib/domain/connections/connection-test.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** The fold that a test opens. */
export const lastTestId = (provider: ProviderId) => `${sectionForms[provider].prefix}last-test`

type Read = ConnectionTest['reads'][number]

const Row = async ({ read, failure, durationMs, page }: Read & { page: KeyPage }) => {
  const t = await providerMessages(page.wording)
  return (
    <tr>
      <th scope="row">{t(`test.${read}`)}</th>
      <td>
        {failure ? (
          <>
            <span className="status-label" data-tone="bad">
              <StateIcon state="refused" /> {t(`failures.${failure}.cause`)}
            </span>
            <small>
              {t(`failures.${failure}.fix`)} <GuideLink code={failure} page={page} />
            </small>
          </>
        ) : (
          <span className="status-label" data-tone="ok">
            <StateIcon state="connected" /> {t('test.answered')}
          </span>
        )}
      </td>
      <td className="num">{t('test.ms', { ms: durationMs })}</td>
    </tr>
  )
}

/** « Dernier test »: which kind of data answered, and how fast. */
export const LastTest = async ({ page }: { page: KeyPage }) => {
  const { provider, wording, view, now } = page
  const t = await providerMessages(wording)
  const test = view.lastTest
  const reads = test?.reads ?? []
  const answered = reads.filter(({ failure }) => failure === null).length
  const aside = test
    ? t('test.summary', { when: await whenInline(new Date(test.at), now), answered, total: reads.length })
    : t('test.never')
  const id = lastTestId(provider)
  return (
    <DetailsBlock id={id} title={t('test.title')} aside={aside}>
      {test ? (
        <table className="reads" id={`${id}-reads`}>
          <caption className="visually-hidden">{t('test.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('test.read')}</th>
              <th scope="col">{t('test.answer')}</th>
              <th scope="col">{t('test.duration')}</th>
            </tr>
          </thead>
          <tbody>
            {reads.map((read) => (
              <Row key={read.read} {...read} page={page} />
            ))}
          </tbody>
        </table>
      ) : (
        <p>{t('test.neverText')}</p>
      )}
    </DetailsBlock>
  )
}
