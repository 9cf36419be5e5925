import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { addressKey } from '#src/limits/client-address.ts'

const keyOf = (ip: string) => addressKey({ ip, socket: new Socket() })

describe('an address is counted', () => {
  test.each([
    ['IPv4 as it is', '203.0.113.7', '203.0.113.7'],
    ['IPv4 in an IPv6 socket as IPv4', '::ffff:203.0.113.7', '203.0.113.7'],
    ['IPv4 in an IPv6 socket as IPv4, in any spelling', '0:0:0:0:0:FFFF:cb00:7107', '203.0.113.7'],
    ['IPv6 by its first 64 bits', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['IPv6 by its first 64 bits, short', '2001:db8::1', '2001:db8:0:0::/64'],
    ['IPv6 by its first 64 bits, in capitals', '2001:0DB8:0000:0000:ffff::', '2001:db8:0:0::/64'],
    ['IPv6 with a zone', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['IPv6 with an IPv4 at its end', '64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['this machine', '::1', '0:0:0:0::/64'],
  ])('%s', (_name, ip, key) => {
    expect(keyOf(ip)).toBe(key)
  })

  test('with its network of 2^64, not each of it alone', () => {
    const keys = new Set(Array.from({ length: 1_000 }, (_, n) => keyOf(`2001:db8:0:7::${n.toString(16)}`)))
    expect(keys.size).toBe(1)
  })

  test.each(['', 'garbage', '1.2.3.4:5678', '<script>', 'x'.repeat(10_000)])(
    'as its proxy’s where the proxy sends what is none: %.20s',
    (ip) => {
      const socket = Object.assign(Object.create(Socket.prototype), {}) as Socket
      Object.defineProperty(socket, 'remoteAddress', { value: '::ffff:10.0.0.1' })
      expect(addressKey({ ip, socket })).toBe('10.0.0.1')
    },
  )
})
