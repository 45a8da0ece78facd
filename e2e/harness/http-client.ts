import { messages } from '../pages/tl-group-section.ts'
import type { AppServer } from './app-server.ts'
import { type Customer, expect, keyPage, sessionCookieOf } from './customer.ts'

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" }

/** Blanks as one, those that do not break a line too. */
const withOneBlank = (text: string) => text.replace(/\s+/g, ' ')

/** What a person reads of a page: no scripts, no attributes, blanks as one. */
const textOf = (html: string) =>
  withOneBlank(
    html
      .replace(/<(script|style|template)\b[\s\S]*?<\/\1>/g, '')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole),
  )

/** Asks the app as a browser does that draws no page: it keeps cookies, and follows no redirect. */
export class HttpClient {
  readonly cookies = new Map<string, string>()

  constructor(private readonly server: AppServer) {}

  /** Signed in, by a session that the sign-in itself began. */
  static async signedIn(server: AppServer, customer: Pick<Customer, 'email' | 'password'>): Promise<HttpClient> {
    const client = new HttpClient(server)
    await client.signIn(customer)
    return client
  }

  async signIn(customer: Pick<Customer, 'email' | 'password'>): Promise<void> {
    const { name, value } = await sessionCookieOf(this.server, customer)
    this.cookies.set(name, value)
  }

  /** @param address a path of the app, or a whole address */
  async get(address: string, headers: Record<string, string> = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(new URL(address, this.server.url), {
      headers: { cookie, ...headers },
      redirect: 'manual',
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = line.match(/^([^=]+)=([^;]*)/) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const html = await answer.text()
    return { status: answer.status, headers: answer.headers, html, text: textOf(html) }
  }
}

type Answer = Awaited<ReturnType<HttpClient['get']>>

interface Shown {
  headline?: keyof typeof messages.headline
  authStatus?: string
  failure?: keyof typeof messages.failures
}

const expectSentence = ({ text }: Pick<Answer, 'text'>, sentence: string) =>
  expect(text).toContain(withOneBlank(sentence.split('{')[0] ?? '').trim())

/** What « Clé de sécurité » says of TL Group; the other connections of a new customer say nothing yet. */
export const expectShown = (answer: Pick<Answer, 'text'>, { headline, authStatus, failure }: Shown) => {
  if (headline) expectSentence(answer, messages.headline[headline].sentence)
  if (authStatus) expect(answer.text).toContain(` Auth Status ${authStatus} `)
  if (!failure) return
  expectSentence(answer, messages.failures[failure].cause)
  expectSentence(answer, messages.failures[failure].fix)
}

/** Comes back from Teamleader, to where the browser that left has its nonce. @returns the page it is sent on to. */
export const returnBy = async (client: HttpClient, nonce: string | null, location: string): Promise<Answer> => {
  if (nonce !== null) client.cookies.set('porte-cles-browser', nonce)
  const answer = await client.get(location)
  expect(answer.status).toBe(303)
  expect(new URL(answer.headers.get('location') ?? '').pathname).toBe(keyPage)
  return client.get(keyPage)
}
