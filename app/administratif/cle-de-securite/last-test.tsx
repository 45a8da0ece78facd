import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/date.tsx'
import { Fold } from '#app/_ui/fold.tsx'
import { GuideLink } from '#app/_ui/guide-link.tsx'
import { StateIcon } from '#app/_ui/state-icon.tsx'
import type { ConnectionTest } from '#lib/domain/connection-test.ts'
import { lastTestId } from './contract.ts'

const Row = async ({ read, failure, durationMs }: ConnectionTest['reads'][number]) => {
  const t = await getTranslations()
  return (
    <tr>
      <th scope="row">{t(`test.${read}`)}</th>
      <td>
        {failure ? (
          <>
            <span className="word" data-tone="bad">
              <StateIcon state="refused" /> {t(`failures.${failure}.cause`)}
            </span>
            <small>
              {t(`failures.${failure}.fix`)} <GuideLink code={failure} />
            </small>
          </>
        ) : (
          <span className="word" data-tone="ok">
            <StateIcon state="connected" /> {t('test.answered')}
          </span>
        )}
      </td>
      <td className="num">{t('test.ms', { ms: durationMs })}</td>
    </tr>
  )
}

/** « Dernier test »: which kind of data answered, and how fast. */
export const LastTest = async ({ test, now }: { test: ConnectionTest | null; now: Date }) => {
  const t = await getTranslations('test')
  const reads = test?.reads ?? []
  const answered = reads.filter(({ failure }) => failure === null).length
  const aside = test
    ? t('summary', { when: await whenInline(new Date(test.at), now), answered, total: reads.length })
    : t('never')
  return (
    <Fold id={lastTestId} title={t('title')} aside={aside}>
      {test ? (
        <table className="reads" id={`${lastTestId}-reads`}>
          <caption className="unseen">{t('title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('read')}</th>
              <th scope="col">{t('answer')}</th>
              <th scope="col">{t('duration')}</th>
            </tr>
          </thead>
          <tbody>
            {reads.map((read) => (
              <Row key={read.read} {...read} />
            ))}
          </tbody>
        </table>
      ) : (
        <p>{t('neverText')}</p>
      )}
    </Fold>
  )
}
