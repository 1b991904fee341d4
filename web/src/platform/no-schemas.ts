/**
 * Stands in for typebox in the browser's bundle (see vite.config.ts). Of the contract the browser needs methods, paths and types; the
 * schemas themselves are checked by the server, and leaving them out saves a fifth of the first page. Whoever wants to validate in the
 * browser removes the alias.
 */
const nothing = { properties: {} }

export default new Proxy({}, { get: () => () => nothing })
