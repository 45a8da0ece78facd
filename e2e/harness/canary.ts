import { randomBytes } from 'node:crypto'
import type { BrowserContext, Response } from '@playwright/test'
import type { AppServer } from './app-server.ts'

/** Every way a secret could be written down. */
const spellings = (secret: string) => {
  const bytes = Buffer.from(secret)
  const encoded = [
    encodeURIComponent(secret),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ]
  return [secret, JSON.stringify(secret).slice(1, -1), ...encoded]
}

export const findSecrets = (where: string, text: string, secrets: Record<string, string>) =>
  Object.entries(secrets)
    .filter(([, secret]) => spellings(secret).some((spelling) => text.includes(spelling)))
    .map(([name]) => `${name} in ${where}`)

/** Keeps what our own side answered to a browser: pages, RSC payloads, actions, headers. */
export const listen = (context: BrowserContext, server: AppServer) => {
  const heard: Promise<string>[] = []
  const collect = async (response: Response) => {
    const headers = JSON.stringify(await response.allHeaders())
    const body = await response.body().catch(() => Buffer.alloc(0))
    return `${new URL(response.url()).pathname}\n${headers}\n${body.toString('latin1')}`
  }
  context.on('response', (response) => {
    if (response.url().startsWith(server.url)) heard.push(collect(response))
  })
  return () => Promise.all(heard)
}

export const invent = (what: string) => `${what}-${randomBytes(24).toString('hex')}`
