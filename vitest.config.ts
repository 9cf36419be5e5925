import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/large/**'],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    // One more than the processors of a small machine: some files wait for servers to start and stop.
    maxWorkers: 3,
    // A process loads Prisma and the renderer once, not once a file: 20 files in 4 s instead of 13.
    isolate: false,
    // Node's own loader: vitest's accepts enums and imports without .ts, on which `node src/main.ts` fails.
    experimental: { viteModuleRunner: false },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
