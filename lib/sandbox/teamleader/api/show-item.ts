/** Leaves out what was not included and what this user may not see. */
export function showItem(item: object, includes: unknown, hidden: string[]): object {
  const included = typeof includes === 'string' ? includes.split(',').map((name) => name.trim()) : []
  const left = ['custom_fields', 'price_list'].filter((name) => !included.includes(name)).concat(hidden)
  return Object.fromEntries(Object.entries(item).filter(([name]) => !left.includes(name)))
}
