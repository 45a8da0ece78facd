import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from '../load.ts'
import { median, type Section, table } from '../section.ts'
import { memoryOf, peakDuring, stream } from './export.ts'
import { type Compared, type Subjects, startSubjects } from './subjects.ts'

const records = Number(process.env.BENCH_RECORDS || 100_000)
const seconds = Number(process.env.BENCH_SECONDS || 2)
const rounds = 5
const connections = 10

/** In turn, so that what else the machine does meets both; of each the median. */
const inTurn = async (both: { api: Compared; bare: Compared }, measure: (one: Compared) => Promise<number>) => {
  const [api, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await measure(both.bare))
    api.push(await measure(both.api))
  }
  return { api: median(api), bare: median(bare) }
}

const row = (name: string, unit: string, { api, bare }: { api: number; bare: number }) => [
  `${name}, ${unit}`,
  api.toFixed(0),
  bare.toFixed(0),
  `${((100 * api) / bare).toFixed(1)} %`,
]

const measureAll = async ({ api, asked }: Subjects): Promise<string> => {
  const rate = async ({ url, headers }: Compared) =>
    (await load({ url, headers, method: 'GET' }, connections, seconds)).rate
  for (const { api: ours, bare } of [asked.page, asked.idle]) await Promise.all([rate(ours), rate(bare)])
  await stream(asked.export.api)
  const before = memoryOf(api)
  const exports = await peakDuring(api, () => inTurn(asked.export, stream))
  const pages = await inTurn(asked.page, rate)
  const polls = await inTurn(asked.idle, rate)
  return [
    table(
      ['lists', 'the API', 'a bare Node server', 'of bare Node'],
      [
        row(`an export of ${records} records`, 'MB/s', exports.given),
        row('pages of 100 records', 'answers/s', pages),
        row('idle polls', 'answers/s', polls),
      ],
    ),
    `The process takes ${before} MB before the exports and at most ${exports.peakMb} MB during them. An idle poll reads one row, and its key.`,
  ].join('\n\n')
}

/** How fast back ends read lists: whole, in pages, and when nothing changed. */
export const dataApi: Section = {
  name: 'data-api',
  title: 'Lists for back ends',
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
    try {
      const subjects = await startSubjects(folder, records)
      try {
        return await measureAll(subjects)
      } finally {
        await subjects.stop()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
