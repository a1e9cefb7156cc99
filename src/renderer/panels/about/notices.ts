/** The free software that Tapedeck ships, with its licences as they came: read when the page is built. */

const texts = import.meta.glob<string>(
  '../../../../node_modules/{@fastify/static,@fastify/websocket,@platformatic/wasm-utils,@rgrove/parse-xml,@tanstack/react-virtual,better-sqlite3,commander,electron,fastify,https-proxy-agent,i18next,kafkajs,lightweight-charts,lucide-react,react,react-dom,react-i18next,socks-proxy-agent,ws,yaml,zod,zustand}/LICENSE',
  { query: '?raw', import: 'default', eager: true },
)
const manifests = import.meta.glob<{ readonly name: string; readonly version: string; readonly license: string }>(
  '../../../../node_modules/{@fastify/static,@fastify/websocket,@platformatic/wasm-utils,@rgrove/parse-xml,@tanstack/react-virtual,better-sqlite3,commander,electron,fastify,https-proxy-agent,i18next,kafkajs,lightweight-charts,lucide-react,react,react-dom,react-i18next,socks-proxy-agent,ws,yaml,zod,zustand}/package.json',
  { import: 'default', eager: true },
)

export interface Notice {
  readonly name: string
  readonly version: string
  /** SPDX. */
  readonly licence: string
  readonly text: string | undefined
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

export const NOTICES: readonly Notice[] = Object.entries(manifests)
  .map(([path, { name, version, license }]) => ({
    name,
    version,
    licence: license,
    text: Object.entries(texts).find(([file]) => folderOf(file) === folderOf(path))?.[1],
  }))
  .toSorted((a, b) => a.name.localeCompare(b.name))
