import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const program = 'lib/testing/processes/noisy-process.ts'

const run = (ending: string) => {
  const { status, output } = spawnSync(process.execPath, ['--import', 'tsx', program, ending], { encoding: 'utf8' })
  const text = output.join('')
  return { status, text, lines: text.trim().split('\n') }
}

test.each([
  ['normally', 0, null],
  ['exception', 1, 'an error was caught by nobody'],
  ['rejection', 1, 'an error was caught by nobody'],
  ['no error', 1, 'an error was caught by nobody'],
  ['handled', 0, 'a library reported an error'],
])('a process that ends by %s writes JSON alone, a line each, and quotes nothing', (ending, exit, last) => {
  const { status, text, lines } = run(ending)
  expect(status).toBe(exit)
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  for (const { level, time, msg } of parsed) {
    expect(level).toMatch(/^(debug|info|warn|error)$/)
    expect(time).toMatch(/^\d{4}-/)
    expect(msg).toMatch(/^[a-zA-Z ]+$/)
  }
  expect(text).not.toMatch(/typed value|one-time|evil|\\u001b/)
  expect(parsed).toContainEqual(expect.objectContaining({ msg: 'Node warned', level: 'warn' }))
  const reported = parsed.find(({ msg }) => msg === 'a library reported an error')
  expect(reported).toMatchObject({ level: 'error', errorClass: 'TypeError', text: '⨯' })
  expect(reported?.stack).toContain('noisy-process')
  if (last) expect(parsed.some(({ msg }) => msg === last)).toBe(true)
})
