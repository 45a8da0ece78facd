/** What our compose files are made of. */
export type Yaml = string | Yaml[] | { [key: string]: Yaml }

interface Line {
  indent: number
  text: string
  at: number
}

const scalar = (text: string, at: number): Yaml => {
  if (text === '{}') return {}
  if (/^\[.*\]$|^".*"$/.test(text)) return JSON.parse(text) as Yaml
  if (/^[&*!|>@`'{]|: /.test(text)) throw new Error(`line ${at}: not in the part of YAML that is read here`)
  return text
}

/** Blocks of mappings and lists, plain or double-quoted scalars, and flow lists of them; anything else throws. */
export const readYaml = (source: string): Yaml => {
  const lines: Line[] = source.split('\n').flatMap((line, index) => {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) return []
    const indent = line.length - line.trimStart().length
    if (indent % 2 !== 0 || line.includes('\t')) throw new Error(`line ${index + 1}: indented by other than two blanks`)
    return [{ indent, text, at: index + 1 }]
  })
  let next = 0

  const readBlock = (indent: number): Yaml => {
    const first = lines[next]
    if (!first || first.indent !== indent) throw new Error(`line ${first?.at ?? 'last'}: a block was expected here`)
    return first.text.startsWith('- ') ? readList(indent) : readMapping(indent)
  }
  const readList = (indent: number): Yaml[] => {
    const items: Yaml[] = []
    for (let line = lines[next]; line?.indent === indent; line = lines[next]) {
      if (!line.text.startsWith('- ')) throw new Error(`line ${line.at}: an item was expected here`)
      next += 1
      items.push(scalar(line.text.slice(2), line.at))
    }
    return items
  }
  const readMapping = (indent: number): { [key: string]: Yaml } => {
    const mapping: { [key: string]: Yaml } = {}
    for (let line = lines[next]; line?.indent === indent; line = lines[next]) {
      const [, key = '', value = ''] = /^([\w-]+):(?: (.*))?$/.exec(line.text) ?? []
      if (key === '' || key in mapping) throw new Error(`line ${line.at}: a new key was expected here`)
      next += 1
      mapping[key] = value === '' ? readBlock(indent + 2) : scalar(value, line.at)
    }
    return mapping
  }

  const whole = readBlock(0)
  const left = lines[next]
  if (left) throw new Error(`line ${left.at}: stands where nothing was expected`)
  return whole
}
