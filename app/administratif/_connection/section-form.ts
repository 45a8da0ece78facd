import type { FormAction } from '#app/_ui/forms/form-scope.tsx'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import {
  disconnectTeo,
  disconnectTlGroup,
  resumeRestoredTeo,
  resumeRestoredTlGroup,
  testTeo,
  testTlGroup,
  testV1,
} from '#lib/server/actions/connection.ts'
import { submitTlGroup } from '#lib/server/actions/key.ts'
import { submitTeo } from '#lib/server/actions/teo.ts'
import { settingsFailures, teoFailures } from './contract.ts'

interface SectionForm {
  /** Buttons outside the form belong to it by this id. */
  id: string
  /** Before the ids of what the section holds: two of them share a page. */
  prefix: string
  /** What saving can answer. */
  failures: readonly FailureCode[]
  submit: FormAction
  test: FormAction
  /** Null where there is nothing to forget. */
  disconnect: FormAction | null
  /** « Reprendre »; null where nothing is refreshed. */
  resumeRestored: FormAction | null
}

const tlGroup = { id: 'tl-group', prefix: '', failures: settingsFailures, submit: submitTlGroup }

/** Each provider's form; those of Teamleader's two versions are one. */
export const sectionForms: Record<ProviderId, SectionForm> = {
  teamleader: { ...tlGroup, test: testTlGroup, disconnect: disconnectTlGroup, resumeRestored: resumeRestoredTlGroup },
  'teamleader-v1': { ...tlGroup, test: testV1, disconnect: null, resumeRestored: null },
  teo: {
    id: 'teo',
    prefix: 'teo-',
    failures: teoFailures,
    submit: submitTeo,
    test: testTeo,
    disconnect: disconnectTeo,
    resumeRestored: resumeRestoredTeo,
  },
}
