/** One thing that the doctor looked at. */
export interface Finding {
  ok: boolean
  sentence: string
}

export const fine = (sentence: string): Finding => ({ ok: true, sentence })
export const bad = (sentence: string): Finding => ({ ok: false, sentence })
