'use server'

import type { FormState } from '#lib/domain/form-state.ts'
import { submitTenant } from '#lib/server/start-tenant-form.ts'

export const addTenant = async (previous: FormState, form: FormData): Promise<FormState> => submitTenant(previous, form)
