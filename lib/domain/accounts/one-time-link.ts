import { dayMs, hourMs } from '../duration.ts'

/** How long each kind of one-time link can be used. */
export const linkLifeMs = { password: hourMs, first_run: dayMs, address: dayMs }

export type LinkKind = keyof typeof linkLifeMs

/** What is kept of a link: never its token. */
export interface NewLink {
  kind: LinkKind
  tokenHash: string
  /** Null for a first run, which creates its user. */
  userId: string | null
  /** The new address that it confirms. */
  email?: string
  createdAt: Date
  expiresAt: Date
}

export const linkOf = (kind: LinkKind, tokenHash: string, userId: string | null, now: Date): NewLink => ({
  kind,
  tokenHash,
  userId,
  createdAt: now,
  expiresAt: new Date(now.getTime() + linkLifeMs[kind]),
})

const paths = { invitation: 'invitation', password: 'mot-de-passe', address: 'adresse' } as const

/** The address that its holder opens. */
export const linkUrl = (publicUrl: string, kind: keyof typeof paths, token: string) =>
  `${publicUrl}/${paths[kind]}/${token}`

/** Why a link no longer opens anything, where that is still known. */
export type SpentLink = 'used' | 'expired'

/** What became of an invitation's link: mailed; or, where nothing can be mailed, shown once to whoever made it, to pass on. */
export type LinkDelivery = { kind: 'mailed' } | { kind: 'shown'; link: string }
