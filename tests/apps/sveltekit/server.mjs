import { createServer } from 'node:http'
import { handler } from './build/handler.js'

/** Stands for the proxy, which alone knows whether a visitor came by https. */
const server = createServer((request, response) => {
  request.headers['x-forwarded-proto'] = 'http'
  handler(request, response)
})

server.listen(Number(process.env.PORT), '127.0.0.1')
