import { isIPv4, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * What a client is counted by: its IPv4 address, also where that is written as an IPv6 one (RFC 4291 §2.5.5.2); of an
 * IPv6 address the first 64 bits, since one customer has all of the rest (RFC 6177). What a proxy sent that is no
 * address counts as the proxy's own.
 */
export function addressKey({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  return keyOf(ip) ?? keyOf(socket.remoteAddress ?? '') ?? 'unknown'
}

function keyOf(address: string): string | null {
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return null
  const groups = groupsOf(address)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups of a valid IPv6 address, however it is written (RFC 4291 §2.2). */
function groupsOf(address: string): number[] {
  const [bare = ''] = address.split('%') // a zone is this machine's, not the client's
  const [head = '', tail] = bare.split('::')
  const [first, last] = [numbersOf(head), numbersOf(tail ?? '')]
  if (tail === undefined) return first
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
}

function numbersOf(part: string): number[] {
  return part
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => {
      if (!group.includes('.')) return [Number.parseInt(group, 16)]
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
      return [a * 256 + b, c * 256 + d]
    })
}
