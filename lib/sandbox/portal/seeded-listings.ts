import type { User } from '../teamleader/integration.ts'
import {
  atelierConnect,
  jeanBaptiste,
  lambertSync,
  marie,
  proPlus,
  sofie,
  testoProSync,
  thomas,
  vandenbroeckSync,
} from '../teamleader/seeds.ts'

/** What the portal keeps of an integration beside what OAuth2 needs. Only its owner sees it there. */
export type Listing = {
  owner: string
  categories: string[]
  shortDescription: string
  longDescription: string
  /** Sent for publication: locked until a review that never ends here. */
  submitted: boolean
}

const syncText = 'Sync companies and contacts from Teamleader to Testo Pro+'

export const seededListings = (): Map<string, Listing> =>
  new Map([
    [
      testoProSync.clientId,
      {
        owner: marie.email,
        categories: ['Comptabilité'],
        shortDescription: 'Testo Pro+ Sync',
        longDescription: syncText,
        submitted: false,
      },
    ],
    [
      atelierConnect.clientId,
      {
        owner: jeanBaptiste.email,
        categories: ['Automatisation'],
        shortDescription: 'Atelier Connect',
        longDescription: 'Sync companies and contacts',
        submitted: false,
      },
    ],
    [vandenbroeckSync.clientId, connected(vandenbroeckSync.name, jeanBaptiste)],
    [lambertSync.clientId, connected(lambertSync.name, thomas)],
    [proPlus.clientId, connected(proPlus.name, sofie)],
  ])

const connected = (name: string, { email }: User): Listing => ({
  owner: email,
  categories: ['Comptabilité'],
  shortDescription: name,
  longDescription: syncText,
  submitted: false,
})
