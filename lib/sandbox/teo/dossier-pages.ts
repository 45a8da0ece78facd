import type { Dossier } from './dossier.ts'
import { HydraRefusal } from './hydra-error.ts'

const pageSize = 30

type Spelling = { path: string; prefixed: boolean; nextHost: string | null }

/**
 * Pages of 30, counted from 1, as API Platform words a collection; past the end `hydra:member` is empty. Its newer versions leave the
 * prefix out.
 */
export function paginateDossiers(
  dossiers: readonly Dossier[],
  asked: string | undefined,
  { path, prefixed, nextHost }: Spelling,
): object {
  const page = readPage(asked)
  const last = Math.max(1, Math.ceil(dossiers.length / pageSize))
  const pageAt = (number: number): string => `${path}?page=${number}`
  const word = (name: string): string => (prefixed ? `hydra:${name}` : name)
  const next = nextHost === null ? pageAt(page + 1) : `${nextHost}${pageAt(page + 1)}`
  return {
    '@id': path,
    '@type': word('Collection'),
    [word('totalItems')]: dossiers.length,
    [word('member')]: dossiers.slice((page - 1) * pageSize, page * pageSize).map(({ summary }) => summary),
    [word('view')]: {
      '@id': pageAt(page),
      '@type': word('PartialCollectionView'),
      [word('first')]: pageAt(1),
      [word('last')]: pageAt(last),
      ...(page > 1 ? { [word('previous')]: pageAt(page - 1) } : {}),
      ...(page < last ? { [word('next')]: next } : {}),
    },
  }
}

function readPage(asked = '1'): number {
  if (!/^-?\d{1,9}$/.test(asked)) {
    const message = 'Cette valeur doit être de type int.'
    throw new HydraRefusal(422, `page: ${message}`, [{ propertyPath: 'page', message }])
  }
  if (Number(asked) < 1) throw new HydraRefusal(400, 'Page should not be less than 1')
  return Number(asked)
}
