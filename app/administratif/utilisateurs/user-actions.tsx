import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import type { FormWords } from '#app/_ui/forms/form-context.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { manageUser } from '#lib/server/actions/users.ts'
import type { ListedPerson, PersonDeed } from '#lib/server/loaders/accounts/users-page.ts'
import { Delivery, type DeliveryWords } from './delivery.tsx'

interface Props {
  person: ListedPerson
  alone: boolean
  mailed: boolean
  words: FormWords
  delivery: DeliveryWords
}

/** Without a mail server a link is made and shown, not sent. */
const labelOf = (deed: PersonDeed, mailed: boolean) => {
  if (mailed) return deed
  if (deed === 'invite_again') return 'make_again'
  return deed === 'send_password' ? 'make_password' : deed
}

/** What can be done to somebody; it stands on what the page shows of them. */
export const PersonDeeds = async ({ person, alone, mailed, words, delivery }: Props) => {
  const t = await getTranslations('people')
  const { id, name, role, state, isMe, deeds } = person
  return (
    <FormScope action={manageUser} words={words}>
      <ActionForm id={`person-${id}`} className="person-deeds">
        <input type="hidden" name="userId" value={id} />
        <input type="hidden" name="seenRole" value={role} />
        <input type="hidden" name="seenState" value={state} />
        <div className="actions">
          {deeds.map((deed) => (
            <SubmitButton key={deed} kind="quiet" name="deed" value={deed} pending={t('pending')}>
              {t(`deed.${labelOf(deed, mailed)}`)} <span className="unseen">{name}</span>
            </SubmitButton>
          ))}
        </div>
        {isMe ? <p className="help">{t(alone ? 'youAlone' : 'youToo')}</p> : null}
        <FormNotice />
        <Delivery words={delivery} />
      </ActionForm>
    </FormScope>
  )
}
