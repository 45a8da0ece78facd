'use client'

/** Forms of this page that hold something typed and not saved. */
const forms = new Set<string>()
let question = ''

const warn = (event: BeforeUnloadEvent) => event.preventDefault()

const listen = () => {
  // the listener alone keeps a page from being restored at once: it is there only while it has something to say
  if (forms.size > 0) window.addEventListener('beforeunload', warn)
  else window.removeEventListener('beforeunload', warn)
}

export const setUnsaved = (id: string, unsaved: boolean): void => {
  if (unsaved) forms.add(id)
  else forms.delete(id)
  listen()
}

/** @param text what is asked before a page with something unsaved is left by a form. */
export const setLeaveQuestion = (text: string): void => {
  question = text
}

/** Asks, if any other form holds something unsaved; a yes gives it up. @param own the form that is being sent. */
export const mayLeave = (own?: string): boolean => {
  const others = [...forms].filter((id) => id !== own)
  if (others.length > 0 && !window.confirm(question)) return false
  for (const id of others) forms.delete(id)
  listen()
  return true
}
