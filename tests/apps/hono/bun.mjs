import app from './app.mjs'

export default { fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) }
