'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitFirstSupport } from '#lib/server/account-forms.ts'

export const createFirstSupport = async (previous: FormState, form: FormData): Promise<FormState> =>
  submitFirstSupport(previous, form)
