'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { assist as assistWith, lookAgain as look } from '#lib/server/support-form.ts'

export const lookAgain = async (form: FormData): Promise<void> => look(form)

export const assist = async (previous: FormState, form: FormData): Promise<FormState> => assistWith(previous, form)
