'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import {
  answerCandidate as answer,
  disconnectTlGroup as disconnect,
  lookAgain as look,
  submitTlGroup as submit,
  testTlGroup as test,
} from '#lib/server/key-form.ts'

export const submitTlGroup = async (previous: FormState, form: FormData): Promise<FormState> => submit(previous, form)

export const answerCandidate = async (previous: FormState, form: FormData): Promise<FormState> => answer(previous, form)

export const testTlGroup = async (previous: FormState, form: FormData): Promise<FormState> => test(previous, form)

export const disconnectTlGroup = async (previous: FormState, form: FormData): Promise<FormState> =>
  disconnect(previous, form)

export const lookAgain = async (form: FormData): Promise<void> => look(form)
