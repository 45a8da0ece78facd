import type { Container } from '#lib/composition/container.ts'
import { CliError, UsageError } from '../cli-error.ts'

type Keys = Pick<Container, 'manageKeys'>
type Listed = Awaited<ReturnType<Container['manageKeys']['list']>>

const settingsText = { right: 'at hand', other_key: 'ANOTHER KEY', missing: 'MISSING' } as const

const lineOf = ({ id, current, settings, values }: Listed['keys'][number]) =>
  [id, current ? 'seals' : 'opens', settingsText[settings], `${values} values`].join('\t')

const report = ({ keys, unknown }: Listed): string => {
  const lines = keys.map(lineOf)
  return [...lines, ...(unknown > 0 ? [`(other keys)\t\tMISSING\t${unknown} values`] : [])].join('\n')
}

/** `keys list` @returns one key a line, columns apart by tabs: id, what it does, whether it is at hand, what it sealed. */
export const listKeys = async (args: string[], { manageKeys }: Keys): Promise<string> => {
  if (args.length > 0) throw new UsageError('keys list takes nothing else.')
  return report(await manageKeys.list())
}

const say = (line: string) => process.stderr.write(`${line}\n`)

/** `keys rotate` @returns the list as it is then: the proof. */
export const rotateKeys = async (args: string[], { manageKeys }: Keys): Promise<string> => {
  if (args.length > 0) throw new UsageError('keys rotate takes nothing else.')
  const { resealed, unopened } = await manageKeys.rotate(({ resealed: done, of }) => {
    if (done % 1000 === 0) say(`${done} of ${of} values sealed with the first key.`)
  })
  const listed = await manageKeys.list()
  const others = listed.unknown + listed.keys.reduce((n, { current, values }) => n + (current ? 0 : values), 0)
  if (others === 0) {
    say(`${resealed} values sealed again; none is left with another key.`)
    return report(listed)
  }
  say(report(listed))
  throw new CliError(
    unopened > 0
      ? `${resealed} values sealed again; ${unopened} do not open with the keys at hand and stay as they are. Put their key back, or have their connections made anew.`
      : `${resealed} values sealed again, but ${others} are sealed with another key meanwhile: restart every process with the new key first, then rotate again.`,
  )
}

/** `keys forget ID` @returns the id. */
export const forgetKey = async (args: string[], { manageKeys }: Keys): Promise<string> => {
  const [id, ...others] = args
  if (id === undefined || others.length > 0) throw new UsageError('keys forget takes the id of one key.')
  const result = await manageKeys.forget(id)
  if (result === 'forgotten') return id
  const why = {
    current: 'This key is the first of ENCRYPTION_KEYS: it seals. Put another first and restart everything.',
    in_use: 'Something is sealed with this key: keys rotate seals it with the first one.',
    unknown: 'Nothing was ever sealed with a key of this id here.',
  }
  throw new CliError(why[result])
}
