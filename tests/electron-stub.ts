/** Stands in for 'electron' in unit tests: importing the package outside Electron tries to download a binary. */
export const app = {}
