import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { workers } from './scripts/vite-workers.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string; dependencies: object }
const external = [
  'electron',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
  // With their inner paths: kafkajs is used by them.
  ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
]

/** One command (`vite build --app`) makes the three outputs: main (Node), preload (one CommonJS file) and renderer (the page). */
export default defineConfig({
  root: at('src/renderer'),
  base: './',
  plugins: [react(), workers()],
  define: { TAPEDECK_VERSION: JSON.stringify(manifest.version) },
  build: {
    outDir: at('out/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1_000,
    // Schemas are told not to compile in the part that brings them: it runs before every part that makes one.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'schemas', test: /node_modules[\\/]zod|trusted-schemas/ }] } },
    },
  },
  environments: {
    main: {
      consumer: 'server',
      build: {
        ssr: true,
        outDir: at('out/main'),
        emptyOutDir: true,
        target: 'node24',
        sourcemap: true,
        rolldownOptions: {
          external,
          input: {
            index: at('src/main/hosts/electron/index.ts'),
            'engine-process': at('src/main/hosts/electron/engine-process.ts'),
            headless: at('src/main/hosts/headless/index.ts'),
            emulator: at('src/main/emulator/main.ts'),
          },
          // Flat, so that workers sit beside their callers.
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      build: {
        ssr: true,
        outDir: at('out/preload'),
        emptyOutDir: true,
        target: 'node24',
        rolldownOptions: {
          external: ['electron'],
          input: { preload: at('src/main/hosts/electron/preload/preload.ts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments))
        if (environment.name !== 'ssr') await builder.build(environment)
    },
  },
})
