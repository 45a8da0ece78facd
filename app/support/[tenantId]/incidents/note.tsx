import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { noteIncident } from '#lib/server/actions/support.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'
import { NoteField, NoteFold } from './note-field.tsx'

interface Props extends Pick<TenantPage, 'tenant' | 'now'> {
  incident: TenantPage['incidents'][number]
  /** What the incident is called, for whoever hears the buttons alone. */
  about: string
}

/** What support keeps in mind about an incident: one note, by whom and since when. */
export const Note = async ({ tenant, incident: { id, note }, about, now }: Props) => {
  const [t, messages] = await Promise.all([
    getTranslations('console.note'),
    formMessages(`/support/${tenant.id}`, ['note_malformed', 'note_changed']),
  ])
  return (
    <div className="note">
      {note ? (
        <figure>
          <blockquote>{note.text}</blockquote>
          <figcaption className="faint">
            {t('by', { name: note.by ?? t('gone'), when: await whenInline(note.at, now) })}
          </figcaption>
        </figure>
      ) : null}
      <FormScope action={noteIncident} labels={messages} prefix={`note-${id}-`}>
        <ActionForm id={`note-${id}`} className="flat">
          <FormNotice />
          <input type="hidden" name="tenantId" value={tenant.id} />
          <input type="hidden" name="incidentId" value={id} />
          <input type="hidden" name="seenAt" value={note?.at.getTime() ?? ''} />
          <NoteFold
            summary={
              <>
                {t(note ? 'change' : 'add')} <span className="visually-hidden">{about}</span>
              </>
            }
          >
            <NoteField label={t('label')} help={t('help')} value={note?.text ?? ''} />
            <div className="actions">
              <SubmitButton name="operation" value="save" pending={t('saving')}>
                {t('save')}
              </SubmitButton>
              {note ? (
                <SubmitButton kind="quiet" name="operation" value="remove" pending={t('removing')}>
                  {t('remove')}
                </SubmitButton>
              ) : null}
            </div>
          </NoteFold>
        </ActionForm>
      </FormScope>
    </div>
  )
}
