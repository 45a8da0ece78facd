/** Stands in for `server-only`, which only a bundler for the browser may refuse. */
export {}
