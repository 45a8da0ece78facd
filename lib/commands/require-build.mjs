import { existsSync } from 'node:fs'

// Imported by `npm start` and `npm run worker` before the built program, which may not be there.
if (!existsSync(process.argv[1] ?? '')) {
  process.stderr.write('Porte-clés is not built yet: run `npm run build` first.\n')
  process.exit(1)
}
