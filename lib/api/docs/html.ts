const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const asText = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** Text of the document, in which backquotes mark code. */
export const prose = (text: string): string => asText(text).replace(/`([^`]+)`/g, '<code>$1</code>')

export const code = (text: string): string => `<code>${asText(text)}</code>`

/** A table that scrolls by itself where the screen is narrow; nothing without rows. */
export const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return ''
  const titles = head.map((title) => `<th scope="col">${asText(title)}</th>`).join('')
  const lines = rows.map(([first, ...others]) => {
    const cells = others.map((cell) => `<td>${cell}</td>`).join('')
    return `<tr><th scope="row">${first}</th>${cells}</tr>`
  })
  const inside = `<caption>${asText(caption)}</caption><thead><tr>${titles}</tr></thead><tbody>${lines.join('')}</tbody>`
  return `<div class="wide" role="region" aria-label="${asText(caption)}" tabindex="0"><table>${inside}</table></div>`
}
