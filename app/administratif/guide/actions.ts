'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { lookAgain as look, continueGuide as proceed } from '#lib/server/guide-form.ts'

export const continueGuide = async (previous: FormState, form: FormData): Promise<FormState> => proceed(previous, form)

export const lookAgain = async (form: FormData): Promise<void> => look(form)
