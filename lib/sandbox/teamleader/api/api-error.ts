/** Thrown where the API refuses; formatted as its `errors[]`. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly field: string | undefined

  constructor(status: number, title: string, field?: string) {
    super(title)
    this.status = status
    this.field = field
  }
}

export function formatApiRefusal({ message, status, field }: ApiRefusal, headers: Record<string, string>): Response {
  const meta = field === undefined ? {} : { meta: { field } }
  return Response.json({ errors: [{ code: 0, title: message, status, ...meta }] }, { status, headers })
}
