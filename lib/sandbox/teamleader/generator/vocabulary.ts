const words = (text: string): string[] => text.replaceAll('\n', '').split('|')

/** What invented Belgian and French records are put together from. */
export const trades =
  words(`Menuiserie|Boulangerie|Garage|Traiteur|Électricité|Chauffage|Toitures|Librairie|Pharmacie|Imprimerie|Ateliers|
Transports|Jardins|Brasserie|Schrijnwerkerij|Bakkerij|Dakwerken|Installatietechniek|Drukkerij|Bouwbedrijf|
Fiduciaire|Cabinet|Studio|Formation|Carrosserie|Fromagerie`)

export const legalForms = words(`SRL|SA|BV|NV|VOF|ASBL|VZW|SARL|SAS|SASU|EURL|BVBA|SPRL|`)

export const firstNames =
  words(`Éloïse|Marie|Jean-Baptiste|Luc|Anne-Sophie|François|Zoë|Noémie|Jérôme|Aurélie|Karim|Aïcha|Jan|Pieter|Liesbeth|
Joke|Bart|Mieke|Stéphane|Gaëlle|Maxime|Chloé|Łukasz|Çağla|Søren|Maëlys|Geoffroy`)

export const lastNames =
  words(`Lambert|Dupont|Peeters|Janssens|Maes|Jacobs|Mertens|Willems|Claes|Goossens|Wouters|De Smet|Dubois|
Van den Broeck|D’Hondt|Lefèvre|Noël|Piron|Collignon|Delvaux|Benali|El Amrani|Nguyễn|Ożóg|Öztürk|
de La Rochefoucauld|Van der Elst-Vermeersch|Moreau|Girard|Rousseau|Renard|Simon|Leroy|Gérard|Henry`)

/** Postal code, name, country. */
export const towns =
  words(`9000 Gent BE|4000 Liège BE|1000 Bruxelles BE|2000 Antwerpen BE|5000 Namur BE|7000 Mons BE|3000 Leuven BE|
8000 Brugge BE|6700 Arlon BE|59000 Lille FR|75011 Paris FR|69003 Lyon FR|13001 Marseille FR|
67000 Strasbourg FR|01000 Bourg-en-Bresse FR`).map((town) => town.split(' ') as [string, string, string])

export const streets =
  words(`Rue de l’Église|Dok Noord|Chaussée de Charleroi|Kerkstraat|Stationsstraat|Avenue Louise|Boulevard d’Avroy|Meir|
Rue des Écoles|Place du Marché|Impasse du Bon-Secours|Rue du Général de Gaulle|Grand-Place|Nieuwstraat`)

export const tagWords = words(`prospect|expo|Client fidèle|VIP|salon 2024|à relancer|fournisseur|RGPD: non|Prospect`)

const rightToLeft = '\u202e'

/** Names of companies as nobody should trust them; `{n}` keeps them apart. */
export const hostileCompanies = [
  'Garage <b>Dupont</b> {n}',
  '=SUM(1+1) Traiteur {n}',
  '-Zéro Plus {n}',
  '+32 Services {n}',
  '@import {n}',
  '  Garage Collignon {n} ',
  'مؤسسة النور {n}',
  'Ateliers Ô’Brien "Le Fer" {n}',
  `Société ${rightToLeft}gro.live {n}`,
  '<img src=x onerror=alert({n})>',
  `${'Compagnie générale des très longs noms '.repeat(7)}{n}`,
  "Robert'); DROP TABLE companies;-- {n}",
  '{{7*7}} #{7*7} {n}',
  'Zéro\u200blargeur {n}',
  '＝cmd|calc {n}',
  'Deux\nlignes\tet un onglet {n}',
  '株式会社テスト {n}',
  '🙂🙂 Sourires {n}',
  '{n}',
  'null',
  'N/A',
  '%_ {n}',
] as const

/** First and last names of people of the same kind. */
export const hostilePeople = [
  ['<script>alert(1)</script>', 'Dupont {n}'],
  ['@Karim', '+Benali {n}'],
  ['نور', 'الدين {n}'],
  [null, 'Piron {n}'],
  ['🙂', '-Tiret {n}'],
  ['=HYPERLINK("http://piege.example")', 'Durand {n}'],
  ['O’Néill "Bob"', '{n}'],
  [`Ann${rightToLeft}a`, 'Bidi {n}'],
  ['', 'X'],
  ['Jean\tPaul', 'Deux\nlignes {n}'],
  ['Maximilien-Alexandre Barthélemy '.repeat(6), 'd’Aubigné-Sainte-Hermine {n}'],
  [null, "Null'); DROP TABLE contacts;-- {n}"],
] as const
