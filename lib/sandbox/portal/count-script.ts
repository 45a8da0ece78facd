/** Counts down while one types; without it the page says what was left when it was drawn. */
export const countScript = `
for (const count of document.querySelectorAll('[data-counts]')) {
  const field = document.getElementById(count.dataset.counts)
  field.addEventListener('input', () => {
    count.textContent = count.dataset.limit - field.value.length
  })
}
`
