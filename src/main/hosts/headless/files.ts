import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The built page. Run from source, it is where the build puts it; in a build, beside the engine's folder. */
export function pageFolder(): string {
  const places = [join(here, '..', 'renderer'), join(here, '..', '..', '..', '..', 'out', 'renderer')]
  return places.find((place) => existsSync(join(place, 'index.html'))) ?? places[0]!
}
