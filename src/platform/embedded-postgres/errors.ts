/** Why there is no embedded Postgres, in words for whoever started the process. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError'
}

/** Another server has the data folder; `message` names its pid and port. */
export class ServerRunning extends Error {
  override name = 'ServerRunning'

  constructor(dataDir: string, holder: { pid?: number; port?: number }) {
    const who = holder.pid ? ` (pid ${holder.pid}${holder.port ? `, port ${holder.port}` : ''})` : ''
    super(`Masthead is already running${who} on the data folder ${dataDir}.`)
  }
}
