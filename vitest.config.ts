import './lib/commands/require-node.mjs'

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { keepFilesInMemory } from './lib/testing/memory-folder.ts'

keepFilesInMemory()

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** They set what belongs to a process: its environment, its container, the request that Next says it answers. */
const ownProcess = ['lib/server/**/*.test.ts', 'lib/use-cases/scenarios/sealed-database.test.ts']

export default defineConfig({
  test: {
    environment: 'node',
    setupFiles: ['lib/testing/setup.ts'],
    alias: {
      'server-only': here('lib/testing/empty-module.ts'),
      // openapi-typescript works with the JavaScript API of TypeScript 5, which 7 has not; bundled there without a `tsc`
      typescript: here('node_modules/@ts-morph/common/dist/typescript.js'),
    },
    // most of a test is waiting: for a provider, a lease, a database
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Vitest's second is a limit on time, and a server takes as long before it stops listening
    expect: { poll: { timeout: 15_000 } },
    restoreMocks: true,
    // next and next-auth name their entries without an extension, which only a bundler resolves; the last needs the alias
    server: { deps: { inline: ['next', 'next-auth', 'next-intl', 'openapi-typescript'] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          // a process and its modules for each of 300 files would be a third of the whole
          isolate: false,
          globalSetup: ['lib/testing/database/postgres-server.ts'],
          include: ['lib/**/*.test.ts', 'app/**/*.test.ts', 'drizzle/**/*.test.ts'],
          exclude: ownProcess,
        },
      },
      { extends: true, test: { name: 'own process', include: ownProcess } },
    ],
  },
})
