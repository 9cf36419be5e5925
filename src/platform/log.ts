import { type DestinationStream, type Logger, pino } from 'pino'
import { redactSecrets } from './redact-secrets.ts'

/** The process's log: lines of JSON, none of which has a key or a password in it, whatever an error quotes. */
export const createLog = (level: string, destination: DestinationStream): Logger =>
  pino({ level, hooks: { streamWrite: redactSecrets } }, destination)
