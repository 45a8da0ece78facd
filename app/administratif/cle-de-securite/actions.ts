'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { disconnecting, testing } from '#lib/server/connection-deeds.ts'
import { answerCandidate as answer, lookAgain as look, submitTlGroup as submit } from '#lib/server/key-form.ts'
import { submitTeo as keepTeo } from '#lib/server/teo-form.ts'

const tests = { v2: testing('teamleader'), v1: testing('teamleader-v1'), teo: testing('teo') }
const disconnects = { tlGroup: disconnecting('teamleader'), teo: disconnecting('teo') }

export const submitTlGroup = async (previous: FormState, form: FormData): Promise<FormState> => submit(previous, form)

export const answerCandidate = async (previous: FormState, form: FormData): Promise<FormState> => answer(previous, form)

export const testTlGroup = async (previous: FormState, form: FormData): Promise<FormState> => tests.v2(previous, form)

export const testV1 = async (previous: FormState, form: FormData): Promise<FormState> => tests.v1(previous, form)

export const disconnectTlGroup = async (previous: FormState, form: FormData): Promise<FormState> =>
  disconnects.tlGroup(previous, form)

export const submitTeo = async (previous: FormState, form: FormData): Promise<FormState> => keepTeo(previous, form)

export const testTeo = async (previous: FormState, form: FormData): Promise<FormState> => tests.teo(previous, form)

export const disconnectTeo = async (previous: FormState, form: FormData): Promise<FormState> =>
  disconnects.teo(previous, form)

export const lookAgain = async (form: FormData): Promise<void> => look(form)
