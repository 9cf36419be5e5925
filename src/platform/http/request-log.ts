import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { redactSecrets } from '#src/platform/redact-secrets.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked for again and again by machines: its requests are logged at the level `debug` only. */
    isProbe?: boolean
  }
}

/** One line a request, when it is answered: Fastify's two would double the log and repeat the first in the second. */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' })
  }

  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const { method, ip } = request
    // Without the query: a preview's token may stand there. Some put keys into paths.
    const path = redactSecrets(request.url.split('?', 1)[0] ?? '')
    const line = { method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, ip }
    if (error) request.log.warn({ ...line, err: error }, 'answer broken off')
    else request.log[request.routeOptions.config.isProbe ? 'debug' : 'info'](line, 'request')
  }
}
