'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { resend } from '#lib/server/delivery-log.ts'

export const resendDelivery = async (previous: FormState, form: FormData): Promise<FormState> => resend(previous, form)
