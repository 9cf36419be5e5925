import type { FastifySchema, RouteOptions } from 'fastify'
import { bodyContent } from './route-schema.ts'

/** The routes of an application, as they were declared: who answers what, for Allow and for the documentation. */
export interface RouteTable {
  readonly routes: readonly DeclaredRoute[]
  add(route: RouteOptions): void
  /** The methods of a path as it was requested, sorted; empty when no route has it. */
  methodsAt(path: string): string[]
  /** The media types that a path takes with a method. */
  bodyTypesAt(path: string, method: string): string[]
}

/** One method of one path. */
export interface DeclaredRoute {
  method: string
  /** As Fastify writes it: `/v1/articles/:ref`. */
  url: string
  schema: FastifySchema | undefined
}

/** Makes an empty table; an onRoute hook fills it. */
export function createRouteTable(): RouteTable {
  const routes: (DeclaredRoute & { pattern: RegExp })[] = []
  const at = (path: string) => routes.filter((route) => route.pattern.test(path))
  return {
    routes,
    add({ method, url, schema }) {
      const pattern = pathPattern(url)
      for (const one of [method].flat()) routes.push({ method: one.toUpperCase(), url, schema, pattern })
    },
    methodsAt(path) {
      const methods = new Set(at(path).map((route) => route.method))
      return methods.size === 0 ? [] : [...methods.add('OPTIONS')].sort()
    },
    bodyTypesAt(path, method) {
      return at(path).flatMap((route) =>
        route.method === method ? Object.keys(bodyContent(route.schema)) : [],
      )
    },
  }
}

/**
 * A route's path as a pattern. Fastify can't say which other methods a path has (its router forgets what did not
 * match), so this knows the three forms that we use: a fixed part, `:name`, and `*` at the end.
 */
function pathPattern(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*'
    if (/^:\w+$/.test(part)) return '[^/]+'
    if (/[:*]/.test(part))
      throw new Error(`The route ${url} has a part that the Allow header can't tell: ${part}`)
    return RegExp.escape(part)
  })
  return new RegExp(`^${parts.join('/')}$`)
}
