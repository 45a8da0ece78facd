import 'server-only'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Failure } from '#lib/domain/failure.ts'
import { type FailureCode, isFailureCode } from '#lib/domain/failure-codes.ts'

/** A field's text; empty when it is absent or a file. */
export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** A field that may hold anything, or nothing. */
export const text = z.string().catch('')

/** A box that is ticked; an empty one is not sent at all. */
export const ticked = text.transform((value) => value !== '')

/** The revision of what the page showed; 0 before anything is stored. */
export const revision = text.transform((value) => Number(value) || 0)

export const report = (context: z.RefinementCtx, codes: readonly FailureCode[]): void => {
  for (const code of codes) context.addIssue({ code: 'custom', message: code })
}

/** A field with a rule of the domain's. */
export const checked = (check: (typed: string) => readonly FailureCode[]) =>
  text.superRefine((typed, context) => report(context, check(typed)))

/**
 * What a form says, checked once: use cases take it as it is. A value that none of our pages sends, and for which there
 * is no code, is answered 404.
 *
 * @throws Failure with the code of everything that is wrong, in the order of the fields
 */
export const readForm = <Schema extends z.ZodType>(schema: Schema, form: FormData): z.output<Schema> => {
  const typed = Object.fromEntries([...form.keys()].map((name) => [name, textOf(form, name)]))
  const read = schema.safeParse(typed)
  if (read.success) return read.data
  const codes = read.error.issues.map(({ message }) => (isFailureCode(message) ? message : notFound()))
  const [first = 'unexpected', ...others] = new Set(codes)
  throw new Failure([first, ...others])
}
