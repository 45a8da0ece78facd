'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitForgotten } from '#lib/server/account-forms.ts'

export const askForLink = async (previous: FormState, form: FormData): Promise<FormState> =>
  submitForgotten(previous, form)
