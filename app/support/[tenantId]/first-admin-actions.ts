'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitFirstAdmin } from '#lib/server/start-tenant-form.ts'

export const inviteFirstAdmin = async (previous: FormState, form: FormData): Promise<FormState> =>
  submitFirstAdmin(previous, form)
