interface Props {
  label: string
  hint: string
  typed: string
}

/** Words to look for, in a filter that asks by its address (`q`). */
export const SearchField = ({ label, hint, typed }: Props) => (
  <div className="widest">
    <label htmlFor="q">{label}</label>
    <input
      id="q"
      name="q"
      type="search"
      defaultValue={typed}
      placeholder={hint}
      autoComplete="off"
      spellCheck={false}
    />
  </div>
)
