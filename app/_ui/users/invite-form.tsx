import type { ComponentProps, ReactNode } from 'react'
import { TextField } from '../fields/text-field.tsx'
import { ActionForm } from '../forms/action-form.tsx'
import { Confirmation, type Confirms } from '../forms/confirmation.tsx'
import { FormNotice } from '../forms/form-notice.tsx'
import { FormScope } from '../forms/form-scope.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { LinkDelivery } from '../links/link-delivery.tsx'

interface Props extends Omit<ComponentProps<typeof FormScope>, 'children'> {
  id: string
  words: Record<'title' | 'help' | 'email' | 'name' | 'submit' | 'pending', string>
  delivery: ComponentProps<typeof LinkDelivery>['labels']
  confirms: Confirms
  /** What else is asked of whom. */
  children?: ReactNode
}

/** Invites somebody by their address. */
export const InviteForm = ({ id, words, delivery, confirms, children, ...scope }: Props) => (
  <section className="invite" aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>{words.title}</h2>
    <p className="help">{words.help}</p>
    <FormScope {...scope}>
      <ActionForm id={id}>
        <FormNotice />
        <LinkDelivery labels={delivery} />
        <TextField name="email" type="email" label={words.email} />
        <TextField name="name" label={words.name} />
        {children}
        <Confirmation {...confirms} />
        <div className="form-foot row">
          <div className="actions">
            <SubmitButton kind="primary" pending={words.pending}>
              {words.submit}
            </SubmitButton>
          </div>
        </div>
      </ActionForm>
    </FormScope>
  </section>
)
