/** `page[size]=100` and the like, as older clients send with GET. */
export function readQuery(params: URLSearchParams): Record<string, unknown> {
  const query: Record<string, Record<string, unknown> | string> = {}
  for (const [key, value] of params) {
    const [, name = key, inner] = /^(\w+)\[(\w+)\]$/.exec(key) ?? []
    const outer = query[name]
    if (inner === undefined) query[name] = value
    else query[name] = { ...(typeof outer === 'object' ? outer : {}), [inner]: value }
  }
  return query
}
