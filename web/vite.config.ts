import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** In development the API is a server of its own; in production the same server hands out `dist`. */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { typebox: fileURLToPath(new URL('./src/platform/no-schemas.ts', import.meta.url)) } },
  server: { port: 8431, proxy: { '/api': 'http://127.0.0.1:8430' } },
  build: { outDir: 'dist', target: 'es2022', chunkSizeWarningLimit: 1600, sourcemap: false },
})
