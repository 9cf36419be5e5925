import type { App } from './route-schema.ts'

/**
 * Who may keep an answer. What everybody may read is public, but asked for anew each time (a withdrawn story must not
 * stay on screens); what a key has read, and every refusal, is for the asker alone.
 * A representation got by `Accept` is private: many CDNs ignore `Vary: Accept` and would hand it to others.
 */
export function cacheRules(app: App): void {
  app.addHook('onSend', async (request, reply) => {
    const others = String(reply.getHeader('vary') ?? '')
    reply.header('vary', ['Accept, Accept-Encoding, Authorization', others].filter(Boolean).join(', '))
    if (reply.hasHeader('cache-control')) return
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (!isSafe || request.headers.authorization !== undefined || reply.statusCode >= 500) {
      reply.header('cache-control', 'private, no-store')
    } else if (reply.hasHeader('content-location')) {
      reply.header('cache-control', 'private, max-age=0')
    } else {
      reply.header('cache-control', 'public, max-age=0, must-revalidate')
    }
  })
}
