'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitLocale, submitSignIn, submitSignOut } from '#lib/server/sign-in-form.ts'

export const signIn = async (previous: FormState, form: FormData): Promise<FormState> => submitSignIn(previous, form)

export const signOut = async (form: FormData): Promise<void> => submitSignOut(form)

export const chooseLocale = async (form: FormData): Promise<void> => submitLocale(form)
