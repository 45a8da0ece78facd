import { problemTypes } from '#lib/composition/http/problem-codes.ts'
import { advice } from './advice.ts'
import type { Answer, Document, Operation, Parameter, Schema } from './document.ts'
import { asText, code, prose, table } from './html.ts'
import { style } from './style.ts'

const nameOf = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1)

/** A type in words: `string (date-time) or null`, a list of what, or a link to a schema. */
const typeOf = ({ $ref, anyOf, oneOf, type, format, enum: values, const: only, items, ...rest }: Schema): string => {
  if ($ref) return `<a href="#schema-${asText(nameOf($ref))}">${asText(nameOf($ref))}</a>`
  const several = anyOf ?? oneOf
  if (several) return several.map(typeOf).join(' or ')
  if (values) return values.map((value) => code(String(value))).join(', ')
  if (only !== undefined) return code(String(only))
  const names = [type ?? 'anything'].flat().join(' or ')
  const range = rest.minimum === undefined ? '' : `, ${rest.minimum} to ${rest.maximum ?? '…'}`
  const usual = rest.default === undefined ? '' : `, ${code(String(rest.default))} by default`
  return `${asText(names)}${format ? ` (${asText(format)})` : ''}${items ? ` of ${typeOf(items)}` : ''}${range}${usual}`
}

const parameterRow = ({ name, in: place, required, description = '', example, schema = {} }: Parameter) => [
  `${code(name)}${required ? ' (required)' : ''}`,
  place,
  typeOf(schema),
  `${prose(description)}${example === undefined ? '' : ` For example ${code(String(example))}.`}`,
]

const contentOf = (content: Answer['content'] = {}) =>
  Object.entries(content)
    .map(([type, { schema = {} }]) => `${code(type)}: ${typeOf(schema)}`)
    .join('<br>')

const answerRow = ([status, { description, headers = {}, content }]: [string, Answer]) => [
  asText(status),
  prose(description),
  contentOf(content),
  Object.keys(headers).map(code).join(', '),
]

const operationOf = (method: string, path: string, operation: Operation): string => {
  const { operationId, summary, description = '', parameters = [], requestBody, responses } = operation
  return `<section aria-labelledby="${asText(operationId)}">
<h3 id="${asText(operationId)}">${asText(summary)}: <code>${method.toUpperCase()} ${asText(path)}</code></h3>
<p>${prose(description)}</p>
${table('Parameters', ['Name', 'In', 'Type', 'Meaning'], parameters.map(parameterRow))}
${requestBody ? `<p>Body: ${contentOf(requestBody.content)}</p>` : ''}
${table('Answers', ['Status', 'Meaning', 'Content', 'Headers'], Object.entries(responses).map(answerRow))}
</section>`
}

const schemaOf = ([name, schema]: [string, Schema]): string => {
  const rows = Object.entries(schema.properties ?? {}).map(([member, of]) => [
    `${code(member)}${schema.required?.includes(member) ? '' : ' (optional)'}`,
    typeOf(of),
    prose(of.description ?? ''),
  ])
  return `<h3 id="schema-${asText(name)}">${asText(name)}</h3>${table(name, ['Member', 'Type', 'Meaning'], rows)}`
}

const problemRow = ([name, { status, title }]: [string, { status: number; title: string }]) => [
  `<span id="${asText(name)}">${code(name)}</span>`,
  String(status),
  asText(title),
  prose(advice[name as keyof typeof advice] ?? ''),
]

/** The API's document as people read it. Each problem's `type` leads to its row. */
export const docsPage = ({ info, tags, paths, components }: Document): string => {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
  const parts = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name))
    const all = own.map(({ method, path, operation }) => operationOf(method, path, operation))
    return `<h2 id="${asText(name)}">${asText(name)}</h2><p>${prose(description)}</p>${all.join('\n')}`
  })
  const contents = [...tags.map(({ name }) => name), 'problems', 'schemas']
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asText(info.title)}: the API</title>
<style>${style}</style>
</head>
<body>
<header><h1>${asText(info.title)}: the API</h1>
<p>${prose(info.description)} The same for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p></header>
<nav aria-label="Contents"><ul>${contents.map((id) => `<li><a href="#${asText(id)}">${asText(id)}</a></li>`).join('')}</ul></nav>
<main>
${parts.join('\n')}
<h2 id="problems">problems</h2>
<p>Every refusal is ${code('application/problem+json')} (RFC 9457). Tell them apart by ${code('code')}, which never changes its meaning; ${code('type')} leads here.</p>
${table('Problems', ['Code', 'Status', 'What happened', 'What to do'], Object.entries(problemTypes).map(problemRow))}
<h2 id="schemas">schemas</h2>
${Object.entries(components.schemas).map(schemaOf).join('\n')}
</main>
</body>
</html>
`
}
