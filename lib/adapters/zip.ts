import { Zip, ZipDeflate } from 'fflate'
import type { ZippedFile } from '#lib/ports/deps.ts'

/** A zip file, made as it is taken: no file of it is ever whole in memory. */
export async function* zip(files: AsyncIterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const ready: Uint8Array[] = []
  let failed: Error | null = null
  const archive = new Zip((error, bytes) => {
    failed ??= error
    if (bytes) ready.push(bytes)
  })
  const taken = function* () {
    if (failed) throw failed
    yield* ready.splice(0)
  }
  for await (const { name, text } of files) {
    const file = new ZipDeflate(name, { level: 6 })
    archive.add(file)
    for await (const piece of text) {
      file.push(encoder.encode(piece))
      yield* taken()
    }
    file.push(new Uint8Array(0), true)
    yield* taken()
  }
  archive.end()
  yield* taken()
}
