'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitInvitation, submitPersonDeed } from '#lib/server/people-form.ts'

export const invite = async (previous: FormState, form: FormData): Promise<FormState> =>
  submitInvitation(previous, form)

export const doToPerson = async (previous: FormState, form: FormData): Promise<FormState> =>
  submitPersonDeed(previous, form)
