'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { answerCandidate as answer, submitTlGroup as submit } from '#lib/server/key-form.ts'

export const submitTlGroup = async (previous: FormState, form: FormData): Promise<FormState> => submit(previous, form)

export const answerCandidate = async (previous: FormState, form: FormData): Promise<FormState> => answer(previous, form)
