/** The mark: a key whose bow is the ring. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 28 28" aria-hidden="true">
    <circle className="brass" cx="14" cy="9.5" r="7.5" />
    <path d="M14 13.5v12.5M14 25.5h5M14 20.5h3.5" />
    <circle cx="14" cy="13.5" r=".6" />
  </svg>
)
