// Loaded before an example: servers listen on the port of the test, whatever the example says.

import { Server } from 'node:net'

const { listen } = Server.prototype
Server.prototype.listen = function (...given) {
  const done = given.find((argument) => typeof argument === 'function')
  return listen.call(this, Number(process.env.PORT), '127.0.0.1', done)
}
