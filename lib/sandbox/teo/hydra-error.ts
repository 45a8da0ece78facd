type Violation = { propertyPath: string; message: string }

const ldJson = { 'content-type': 'application/ld+json; charset=utf-8' }

/** Thrown where téo's API refuses; formatted as its `hydra:Error`. */
export class HydraRefusal extends Error {
  readonly status: number
  readonly violations: Violation[]

  constructor(status: number, description: string, violations: Violation[] = []) {
    super(description)
    this.status = status
    this.violations = violations
  }
}

export function formatHydraRefusal({ message, status, violations }: HydraRefusal): Response {
  const body = {
    '@context': '/api/contexts/Error',
    '@type': 'hydra:Error',
    'hydra:title': 'An error occurred',
    'hydra:description': message,
    ...(violations.length > 0 ? { violations } : {}),
  }
  return new Response(JSON.stringify(body), { status, headers: ldJson })
}

export const showLd = (resource: string, body: object): Response =>
  new Response(JSON.stringify({ '@context': `/api/contexts/${resource}`, ...body }), { headers: ldJson })
