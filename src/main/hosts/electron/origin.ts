/** Where the app's own pages live: a scheme of its own, so that nothing of the web and no file shares their origin. */
export const SCHEME = 'app'
export const HOST = 'tapedeck'
export const ORIGIN = `${SCHEME}://${HOST}`
