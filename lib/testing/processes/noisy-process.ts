import { writeJsonOnly } from '#lib/composition/output/json-output.ts'

/** Writes in every way a library may, all of it hostile, then ends as its argument says. */
const hostile =
  'x\n{"level":1}\u001b[31m "typed value" https://cles.example/invitation/one-time?code=c eve@evil.example'

writeJsonOnly('debug')

for (const method of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir'] as const) console[method](hostile)
console.table([{ hostile }])
console.assert(false, hostile)
console.group(hostile)
console.error('⨯', new TypeError(hostile))
console.log('')
process.stdout.write(`${hostile}\n`)
process.stderr.write(Buffer.from(hostile))
process.emitWarning(hostile)

const endings: Record<string, () => void> = {
  normally: () => {},
  exception: () => {
    throw new RangeError(hostile)
  },
  rejection: () => {
    void Promise.reject(new RangeError(hostile))
  },
  'no error': () => {
    void Promise.reject(hostile)
  },
  handled: () => {
    process.on('uncaughtException', (error) => console.error(error))
    throw new RangeError(hostile)
  },
}

// after the warning, which comes with the next tick
setImmediate(() => endings[process.argv[2] ?? '']?.())
