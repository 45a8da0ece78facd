import { HydraRefusal } from './hydra-error.ts'

const pageSize = 30

/** Pages of 30, counted from 1, as API Platform words a collection; past the end `hydra:member` is empty. */
export function paginateDossiers(dossiers: object[], asked: string | undefined, path: string): object {
  const page = readPage(asked)
  const last = Math.max(1, Math.ceil(dossiers.length / pageSize))
  const pageAt = (number: number): string => `${path}?page=${number}`
  return {
    '@id': path,
    '@type': 'hydra:Collection',
    'hydra:totalItems': dossiers.length,
    'hydra:member': dossiers.slice((page - 1) * pageSize, page * pageSize),
    'hydra:view': {
      '@id': pageAt(page),
      '@type': 'hydra:PartialCollectionView',
      'hydra:first': pageAt(1),
      'hydra:last': pageAt(last),
      ...(page > 1 ? { 'hydra:previous': pageAt(page - 1) } : {}),
      ...(page < last ? { 'hydra:next': pageAt(page + 1) } : {}),
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
