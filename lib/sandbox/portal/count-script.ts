/** Counts down while one types; without it the page says what was left when it was drawn. */
export const countScript = `
for (const count of document.querySelectorAll('[data-counts]')) {
  const field = document.getElementById(count.dataset.counts)
  const show = () => {
    count.textContent = count.dataset.limit - field.value.length
  }
  field.addEventListener('input', show)
  // somebody may have typed before this script was there
  show()
}
`
