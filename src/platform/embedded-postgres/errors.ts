/** Why there is no embedded Postgres, in words for whoever started the process. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError'
}

/** The server that has a data folder already. */
export class ServerRunning extends Error {
  override name = 'ServerRunning'
  readonly pid: number | undefined
  readonly port: number | undefined

  constructor(dataDir: string, holder: { pid?: number; port?: number } = {}) {
    const who = holder.pid ? ` (pid ${holder.pid}${holder.port ? `, port ${holder.port}` : ''})` : ''
    super(`Masthead is already running${who} on the data folder ${dataDir}.`)
    this.pid = holder.pid
    this.port = holder.port
  }
}
