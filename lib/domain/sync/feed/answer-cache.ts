/** A page of a list as it is sent. */
export interface FeedAnswer {
  bytes: Uint8Array
  cursor: string
  more: boolean
}

const mostBytes = 16 * 1024 * 1024
const lifeMs = 10_000

/**
 * Pages for who asks the same question soon after: the workers of a back end, or a request that is sent again. A question
 * names the list's last change, so that an answer holds as long as it is asked; it is forgotten after ten seconds at most.
 */
export const answerCache = () => {
  let answers = new Map<string, FeedAnswer>()
  let bytes = 0
  const clear = () => {
    answers = new Map()
    bytes = 0
  }
  const store = (question: string, answer: FeedAnswer) => {
    if (bytes + answer.bytes.length > mostBytes) clear()
    if (answers.size === 0) setTimeout(clear, lifeMs).unref()
    answers.set(question, answer)
    bytes += answer.bytes.length
  }

  return {
    get: async (question: string, read: () => Promise<FeedAnswer>): Promise<FeedAnswer> => {
      const known = answers.get(question)
      if (known) return known
      const answer = await read()
      store(question, answer)
      return answer
    },
  }
}
