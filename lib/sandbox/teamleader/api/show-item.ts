/** Leaves out of items what was not included and what this user may not see. */
export function itemFilter(includes: unknown, hidden: string[]): (item: Record<string, unknown>) => object {
  const included = typeof includes === 'string' ? includes.split(',').map((name) => name.trim()) : []
  const left = new Set(['custom_fields', 'price_list'].filter((name) => !included.includes(name)).concat(hidden))
  return (item) => {
    const shown: Record<string, unknown> = {}
    for (const name of Object.keys(item)) if (!left.has(name)) shown[name] = item[name]
    return shown
  }
}
