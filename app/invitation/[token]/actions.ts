'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitAcceptance } from '#lib/server/account-forms.ts'

export const acceptInvitation = async (previous: FormState, form: FormData): Promise<FormState> =>
  submitAcceptance(previous, form)
