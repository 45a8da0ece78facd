import { Revision } from '#app/administratif/_connection/revision.tsx'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'

/** The stored settings of « Clé de sécurité » beside the two values, unchanged; and the path to return to. */
export const StoredSettings = ({ page: { key } }: { page: GuidePage }) => (
  <>
    <Revision current={key.view.revision} />
    <input type="hidden" name="from" value="guide" />
    <input type="hidden" name="apiVersion" value="V2" />
  </>
)
