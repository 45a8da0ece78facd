/** Firms as they are called between Liège and Oostende; the nth is always the same. */

const trades = [
  'Boulangerie',
  'Établissements',
  'Menuiserie',
  'Imprimerie',
  'Brasserie',
  'Clinique vétérinaire',
  'Garage',
  'Librairie',
  'Pépinière',
  'Société coopérative',
  'Bakkerij',
  'Schrijnwerkerij',
  'Apotheek',
  'Drukkerij',
  'Slagerij',
  'Café',
  'Transport',
  'Ateliers',
]

const families = [
  'Peeters',
  'Janssens',
  'Maes',
  'Lefèvre',
  'Dubois',
  'Vandenbroeck',
  'Van den Berghe',
  'D’Hondt',
  'Gérard',
  'Noël',
  'Thiry',
  'Lacroix',
  'Müller',
  'Çelik',
  'Claes',
  'Wouters',
  'De Smedt',
  'Béchet',
  'Ooms',
  'Żuraw',
  'Verbeke',
  'Hubert',
  'Sauvage',
]

const places = [
  'Liège',
  'Namur',
  'Gent',
  'Antwerpen',
  'Brugge',
  'Mouscron',
  'Sint-Niklaas',
  'Ottignies-Louvain-la-Neuve',
  'Oostende',
  'Arlon',
  'Huy',
  'Thuin',
  'Zoutleeuw',
]

const forms = ['SRL', 'SA', 'NV', 'BV', '& Fils', 'ASBL', 'CV']

const firstNames = ['Anne', 'Benoît', 'Chloé', 'Dries', 'Élise', 'François', 'Griet', 'Hélène', 'Jean-Baptiste', 'Zoë']

const at = <T>(list: readonly T[], n: number) => list[n % list.length] as T

/** Every combination comes once before one comes again. */
export const inventFirm = (n: number) => {
  const [trade, family] = [at(trades, n), at(families, Math.floor(n / trades.length))]
  const [place, form] = [at(places, n * 7 + 3), at(forms, n * 5)]
  const domain = `${family}-${n}`.normalize('NFD').replace(/[^A-Za-z0-9-]/g, '')
  const first = at(firstNames, n * 3)
  const mailbox = first.normalize('NFD').replace(/[^A-Za-z-]/g, '')
  return {
    name: `${trade} ${family} ${form}, ${place}`,
    ref: `${10_000 + n}`,
    admin: { name: `${first} ${family}`, email: `${mailbox}@${domain}.example`.toLowerCase() },
  }
}
