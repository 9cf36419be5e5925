import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { inject } from 'vitest'

/** A way to the test server that can be cut and mended: for its clients, a database that stops and returns. */
export interface DatabaseProxy {
  readonly port: number
  /** Drops all connections, and refuses new ones. */
  cut(): Promise<void>
  mend(): Promise<void>
}

/** Opens a proxy on a free port of 127.0.0.1. */
export async function openDatabaseProxy(): Promise<DatabaseProxy> {
  const { host, port: socketPort } = inject('admin')
  const sockets = new Set<Socket>()
  let server: Server
  const listen = async (port: number) => {
    server = createServer((client) => {
      const upstream = connect(`${host}/.s.PGSQL.${socketPort}`)
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(one)
        one.on('error', () => other.destroy()).on('close', () => other.destroy())
        one.pipe(other)
      }
    }).listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  return {
    port,
    async cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    async mend() {
      await listen(port)
    },
  }
}
