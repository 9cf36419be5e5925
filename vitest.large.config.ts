import { defineConfig } from 'vitest/config'

/** `npm run test:large`: what needs hundreds of thousands of articles, and minutes. */
export default defineConfig({
  test: {
    include: ['tests/large/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    experimental: { viteModuleRunner: false },
    testTimeout: 600_000,
    hookTimeout: 1_800_000,
  },
})
