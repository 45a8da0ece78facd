import type { ReactNode } from 'react'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** The frame of one section, whose top rule takes the colour of its state. */
export const Section = async ({ page, model, children }: { page: KeyPage; model: Plan; children: ReactNode }) => {
  const { id, prefix, submit, failures } = sectionForms[page.provider]
  const [t, messages] = await Promise.all([
    providerMessages(page.wording),
    formMessages('/administratif/cle-de-securite', failures, page.wording),
  ])
  return (
    <FormScope action={submit} labels={messages} prefix={prefix}>
      <section className="section" data-tone={model.tone} aria-labelledby={`${id}-title`}>
        {/* the first button of a form is what Enter presses: here, saving */}
        <button
          className="visually-hidden"
          type="submit"
          form={id}
          name="intent"
          value="save"
          tabIndex={-1}
          aria-hidden="true"
        >
          {t('key.group')}
        </button>
        <div className="section-head">
          <h2 id={`${id}-title`}>{t('key.group')}</h2>
          <p>{t('key.provider')}</p>
        </div>
        {children}
      </section>
    </FormScope>
  )
}
