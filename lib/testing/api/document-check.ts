import { z } from 'zod'

/** An answer of the API, as its document is asked about it. */
export interface Answered {
  method: string
  /** Without its query. */
  path: string
  status: number
  headers: Headers
  text: string
}

interface Media {
  schema: object
}

interface Response {
  headers?: Record<string, { required?: boolean }>
  content?: Record<string, Media>
}

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, Response>
}

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

const compile = (schema: object, components: object): z.ZodType => {
  const text = JSON.stringify({ ...schema, $defs: components })
    .replaceAll('#/components/schemas/', '#/$defs/')
    // zod would have a whole URL
    .replaceAll(',"format":"uri-reference"', '')
  return z.fromJSONSchema(JSON.parse(text))
}

const patternOf = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`)

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '')

/**
 * Tells what is wrong with an answer by an OpenAPI document: nothing but what it describes may be answered.
 *
 * @returns null for an answer that is as described
 */
export const documentCheck = ({ paths, components: { schemas } }: OpenApi) => {
  const templates = Object.keys(paths).map((template) => ({ template, pattern: patternOf(template) }))
  const compiled = new Map<Media, z.ZodType>()
  const validatorOf = (media: Media) => {
    const validator = compiled.get(media) ?? compile(media.schema, schemas)
    compiled.set(media, validator)
    return validator
  }
  const [anyOperation] = Object.values(paths).flatMap((methods) => Object.values(methods))

  /** Of a path or method that is not served, what any operation may be answered: a refusal. */
  const responseOf = ({ method, path, status }: Answered): Response | undefined => {
    const template = templates.find(({ pattern }) => pattern.test(path))?.template
    const served = template === undefined ? undefined : paths[template]
    const operation = served?.[(method === 'HEAD' ? 'GET' : method).toLowerCase()]
    if (operation) {
      const { [status]: exact, [`${Math.floor(status / 100)}XX`]: range, default: other } = operation.responses
      return exact ?? range ?? other
    }
    return status >= 400 && status < 500 ? anyOperation?.responses['4XX'] : undefined
  }

  const findFault = (response: Response, { method, headers, text }: Answered): string | null => {
    const missing = Object.entries(response.headers ?? {}).filter(
      ([name, { required }]) => required && !headers.has(name),
    )
    if (missing.length > 0) return `without ${missing.map(([name]) => name).join(', ')}`
    if (method === 'HEAD' || !response.content) return text === '' ? null : 'a body that is not described'
    const type = headers.get('content-type')?.split(';', 1)[0] ?? ''
    const media = response.content[type]
    if (response.content['*/*'] && !type.endsWith('problem+json')) return null
    if (!media) return `the content type “${type}”`
    if (!/json/.test(type)) return null
    const values = type.endsWith('ndjson') ? linesOf(text) : [text]
    for (const value of values) {
      const { error } = validatorOf(media).safeParse(JSON.parse(value))
      if (error) return z.prettifyError(error)
    }
    return null
  }

  return (answered: Answered): string | null => {
    const { method, path, status, text } = answered
    const response = responseOf(answered)
    const fault = response ? findFault(response, answered) : 'a status that is not described'
    return fault && `${method} ${path} was answered ${status} with ${fault}: ${text.slice(0, 300)}`
  }
}
