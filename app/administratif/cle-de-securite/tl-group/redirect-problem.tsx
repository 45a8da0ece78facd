'use client'

import { type KnownFault, useFault } from '#app/_ui/fields/field-problem.tsx'
import type { Field } from '#lib/domain/failure-codes.ts'

/** The place for what is wrong with a value that nobody types. */
export const FaultSlot = ({ name, fault }: { name: Field; fault?: KnownFault | undefined }) => {
  const shown = useFault(name, fault)
  return (
    <div id={`${name}-fault`} className="fault-slot">
      {shown}
    </div>
  )
}
