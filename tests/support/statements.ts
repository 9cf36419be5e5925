import pg from 'pg'

/** What the application asks by itself now and then, whoever asks it meanwhile. */
const BACKGROUND = ['poll_key_version', 'find_api_keys', 'save_key_uses']

/** The statements that this process sends while `work` runs, by name where they have one; Prisma's too. */
export async function statementsOf(work: () => PromiseLike<unknown>): Promise<string[]> {
  const statements: string[] = []
  const stop = watchStatements((statement) => statements.push(statement))
  try {
    await work()
  } finally {
    stop()
  }
  return statements
}

/** Calls `seen` for each statement that this process sends. Gives what ends it. */
export function watchStatements(seen: (statement: string) => void): () => void {
  const query = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text: string; name?: string }]
    const statement = typeof first === 'string' ? first : (first.name ?? first.text)
    if (!BACKGROUND.includes(statement)) seen(statement)
    return Reflect.apply(query, this, args)
  } as typeof query
  return () => {
    pg.Client.prototype.query = query
  }
}
