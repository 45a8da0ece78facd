import { getTranslations } from 'next-intl/server'
import type { KeysPage } from '#lib/server/loaders/api-keys/keys-page.ts'
import { TextField } from '../fields/text-field.tsx'
import { ActionForm } from '../forms/action-form.tsx'
import { Confirmation } from '../forms/confirmation.tsx'
import { formMessages } from '../forms/form-messages.ts'
import { FormNotice } from '../forms/form-notice.tsx'
import { type FormAction, FormScope } from '../forms/form-scope.tsx'
import { readConfirms } from '../forms/read-confirms.ts'
import { SubmitButton } from '../forms/submit-button.tsx'
import { NewKey } from './new-key.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { TermChoice } from './term-choice.tsx'
import { scopeTable, termLabels } from './words.ts'

const failures = [
  'not_admin',
  'program_name_missing',
  'scopes_missing',
  'confirmation_needed',
  'confirmation_wrong',
  'passkey_refused',
] as const

interface Props {
  page: KeysPage
  here: string
  create: FormAction
}

/** A new key: for which program, what it may do, how long; then the key itself, this once. */
export const CreateKey = async ({ page: { scopes, terms, reminder }, here, create }: Props) => {
  const [t, messages, confirms, table, labels] = await Promise.all([
    getTranslations('apiKeys'),
    formMessages(here, failures),
    readConfirms(),
    scopeTable(scopes),
    termLabels(terms),
  ])
  const shown = {
    ...{ title: t('new.title'), text: t('new.text'), label: t('new.label'), use: t('new.use'), back: t('new.back') },
    ...{ copyKey: t('new.copyKey'), copy: t('new.copy'), copied: t('new.copied'), here },
  }
  return (
    <section className="section create-key" id="create" aria-labelledby="create-title">
      <div className="section-head">
        <h2 id="create-title">{t('create')}</h2>
        <p>{t('least')}</p>
      </div>
      <FormScope action={create} labels={messages} prefix="new-">
        <NewKey labels={shown}>
          <ActionForm id="create-key">
            <FormNotice />
            <TextField name="name" label={t('program')} help={t('programHelp')} />
            <ScopeChoice {...table} />
            <TermChoice label={t('end')} terms={labels} help={t(`reminder.${reminder}`)} />
            <Confirmation {...confirms} />
            <div className="form-foot row">
              <div className="actions">
                <SubmitButton kind="primary" pending={t('creating')}>
                  {t('createButton')}
                </SubmitButton>
              </div>
            </div>
          </ActionForm>
        </NewKey>
      </FormScope>
    </section>
  )
}
