/**
 * What calls of a path are counted as: by the pattern that it fits, so that no id becomes a name of its own.
 *
 * @param patterns whole paths; `{id}` stands for any one segment
 */
export const countedPath = (patterns: readonly string[]) => {
  const known = patterns.map((pattern) => ({
    pattern,
    fits: new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('{id}', '[^/]+')}$`),
  }))
  return (path: string): string => known.find(({ fits }) => fits.test(path))?.pattern ?? 'other'
}
