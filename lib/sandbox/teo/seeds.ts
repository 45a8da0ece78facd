/** Credentials from téo's support: which instances (TEO_ID) they open is decided there. */
export type TeoClient = { clientId: string; clientSecret: string; teoIds: string[] }

/** Its 74 dossiers end in a short page. */
export const bilanDelvaux = { teoId: 'a7d1c9e4-52b8-4f60-9c3e-0d4be8a1f276', name: 'Bilan Delvaux', dossiers: 74 }

/** Its 60 dossiers fill two pages exactly; an identifier need not look like the other one. */
export const formationVandenbroeck = { teoId: 'fc-vandenbroeck', name: 'Formation Vandenbroeck', dossiers: 60 }

export const teoInstances = [bilanDelvaux, formationVandenbroeck]

/** Allowed on one instance only. Its secret changes when percent-encoded, which téo does not undo. */
export const delvauxClient: TeoClient = {
  clientId: '2f6c1b90-8e47-4d3a-b5c2-71f09ad3e684',
  clientSecret: 'Qm7~rT2-vX9_kB4.hL6wZ1sN8d/Pf+3=',
  teoIds: [bilanDelvaux.teoId],
}

/** Of a group of two houses: allowed on both instances. */
export const groupClient: TeoClient = {
  clientId: 'c94e07d5-3b12-4a8f-9e60-58d2b7c1f03a',
  clientSecret: 'Yc3.uF8_jW5-tG0~mD7xR2aK9eHbVq4n',
  teoIds: [formationVandenbroeck.teoId, bilanDelvaux.teoId],
}

export const teoClients = [delvauxClient, groupClient]
