'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitNewPassword } from '#lib/server/account-forms.ts'

export const changePassword = async (previous: FormState, form: FormData): Promise<FormState> =>
  submitNewPassword(previous, form)
