import { type Answers, everybody, only, type Page } from './pages.ts'

/** An address that a program or a redirect asks for. */
export interface Route extends Page {
  /** Whatever else is asked is answered 405. */
  methods: ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[]
}

const keyPage = '303 /administratif/cle-de-securite'

/** On to where each begins. */
const onward: Answers = {
  nobody: '303 /connexion',
  admin: keyPage,
  reader: '303 /administratif/journal',
  stranger: keyPage,
  support: '303 /support',
  deactivated: '303 /connexion',
}

const at = (path: string) => () => path

export const routes: Record<string, Route> = {
  'app/route.ts': { path: at('/'), methods: ['GET'], answers: onward },
  'app/administratif/journal/export/route.ts': {
    path: at('/administratif/journal/export'),
    methods: ['GET'],
    answers: only('admin', 'stranger'),
  },
  'app/support/journal/export/route.ts': {
    path: at('/support/journal/export'),
    methods: ['GET'],
    answers: only('support'),
  },
  'app/support/export/route.ts': { path: at('/support/export'), methods: ['GET'], answers: only('support') },
  // whoever has just signed in has proved who they are
  'app/support/[tenantId]/export/route.ts': {
    path: ({ ids }) => `/support/${ids.tenantId}/export`,
    journaled: true,
    methods: ['GET'],
    answers: only('support'),
  },
  'app/administratif/entreprises/export/route.ts': {
    path: at('/administratif/entreprises/export'),
    methods: ['GET'],
    answers: only('admin', 'stranger'),
  },
  'app/administratif/entreprises/[id]/export/route.ts': {
    path: ({ ids }) => `/administratif/entreprises/${ids.records.companies}/export`,
    methods: ['GET'],
    answers: only('admin'),
  },
  'app/administratif/contacts/export/route.ts': {
    path: at('/administratif/contacts/export'),
    methods: ['GET'],
    answers: only('admin', 'stranger'),
  },
  'app/administratif/contacts/[id]/export/route.ts': {
    path: ({ ids }) => `/administratif/contacts/${ids.records.contacts}/export`,
    methods: ['GET'],
    answers: only('admin'),
  },
  'app/administratif/entites/export/route.ts': {
    path: at('/administratif/entites/export'),
    methods: ['GET'],
    answers: only('admin', 'stranger'),
  },
  'app/administratif/dossiers/export/route.ts': {
    path: at('/administratif/dossiers/export'),
    methods: ['GET'],
    answers: only('admin', 'stranger'),
  },
  'app/administratif/dossiers/[id]/export/route.ts': {
    path: ({ ids }) => `/administratif/dossiers/${ids.records.dossiers}/export`,
    methods: ['GET'],
    answers: only('admin'),
  },
  'app/mon-compte/export/route.ts': {
    path: at('/mon-compte/export'),
    methods: ['GET'],
    answers: only('admin', 'reader', 'stranger', 'support'),
  },
  'app/api/auth/[...nextauth]/route.ts': {
    path: at('/api/auth/session'),
    methods: ['GET', 'POST'],
    answers: everybody(),
  },
  'app/api/auth/callback/oidc/route.ts': {
    path: at('/api/auth/callback/oidc?code=a-guess&state=a-guess'),
    methods: ['GET'],
    answers: everybody('303 /connexion'),
  },
  'app/deconnexion/route.ts': { path: at('/deconnexion'), methods: ['POST'], answers: everybody('405') },
  'app/api/health/route.ts': { path: at('/api/health'), methods: ['GET', 'HEAD'], answers: everybody() },
  'app/api/ready/route.ts': { path: at('/api/ready'), methods: ['GET', 'HEAD'], answers: everybody() },
  // a provider posts; who it is stands in the secret
  'app/api/webhooks/teamleader/[secret]/route.ts': {
    path: at('/api/webhooks/teamleader/a-guess'),
    methods: ['POST'],
    answers: everybody('405'),
  },
  // with an authorization of tenant A, from a browser that never left
  'app/oauth/callback/route.ts': {
    path: ({ ids }) => `/oauth/callback?code=a-guess&state=${ids.state}`,
    methods: ['GET'],
    answers: onward,
  },
  'app/oauth/callback/suite/route.ts': { path: at('/oauth/callback/suite'), methods: ['GET'], answers: onward },
}
