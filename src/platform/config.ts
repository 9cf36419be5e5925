import { isIP } from 'node:net'
import { z } from 'zod'
import { isHttpAddress } from '#src/content/http-address.ts'
import { parseRate, type Rate } from './rate.ts'

/** Node's timers and `Temporal` know the IANA names; anything else is refused here rather than at the first date. */
const timeZone = z.string().refine(
  (name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
      return true
    } catch {
      return false
    }
  },
  { error: 'must be an IANA time zone, such as Asia/Shanghai' },
)

/** A BCP 47 language tag in its canonical form (RFC 5646 §4.5): `zh-cn` becomes `zh-CN`. */
const locale = z.string().transform((tag, context) => {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag)
    if (canonical !== undefined) return canonical
  } catch {
    // reported below
  }
  context.addIssue({ code: 'custom', message: 'must be a language tag, such as zh-CN' })
  return z.NEVER
})

const baseUrl = z
  .string()
  .refine((text) => isHttpAddress(text) && !/[?#\s]/.test(text), {
    error: 'must be an absolute http(s) address without ? and #, such as https://example.org',
  })
  .transform((url) => url.replace(/\/+$/, ''))

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, { error: `must be a whole number from ${minimum} to ${maximum}` })
    .transform(Number)
    .pipe(
      z
        .number()
        .min(minimum, { error: `must be at least ${minimum}` })
        .max(maximum, { error: `must be at most ${maximum}` }),
    )

/** At most a year, which is as long as caches go (RFC 9111 §1.2.2 has delta-seconds end at 2^31). */
const seconds = wholeNumber(0, 31_536_000)

/** A rate, such as `100/s,1000`; null for `off`. */
const rate = z.string().transform((text, context): Rate | null => {
  if (text === 'off') return null
  const given = parseRate(text)
  if (given !== undefined) return given
  context.addIssue({
    code: 'custom',
    message: 'must be a rate such as 100/s, 10/min or 5000/h, with what may come at once 100/s,1000, or off',
  })
  return z.NEVER
})

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

/** `false`, `true`, a number of proxies, or the addresses that may be believed. */
const trustProxy = z.string().transform((value, context): boolean | number | string[] => {
  if (value === 'true' || value === 'false') return value === 'true'
  if (/^\d{1,2}$/.test(value)) return Number(value)
  const addresses = value.split(',').map((item) => item.trim())
  if (addresses.every(isProxyAddress)) return addresses
  context.addIssue({
    code: 'custom',
    message: 'must be true, false, a number of proxies, or a comma list of addresses, such as 10.0.0.0/8',
  })
  return z.NEVER
})

/** An address, a network in CIDR notation, or a name that proxy-addr knows. */
function isProxyAddress(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  return (
    family !== 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  )
}

/** An address of this machine, or a name of it. Four numbers that are no address are no name either. */
const isHost = (text: string) =>
  isIP(text) !== 0 || (/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text) && !/^[\d.]+$/.test(text))

/** The shape of an API key: id, then secret. The capture groups give both. */
export const API_KEY_PATTERN = /^mh_([A-Za-z0-9]{8,16})_([A-Za-z0-9]{32,128})$/

/** Every environment variable that Masthead reads. Empty strings count as absent. */
const Environment = z.object({
  HOST: z
    .string()
    .refine(isHost, { error: 'must be an address of this machine, such as 127.0.0.1' })
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, { error: 'must be a postgresql:// address' })
    .optional(),
  MASTHEAD_DATA_DIR: z.string().default('.masthead'),
  MASTHEAD_ADMIN_KEY: z
    .string()
    .regex(API_KEY_PATTERN, {
      error: 'must look like mh_<8 to 16 letters or digits>_<32 or more letters or digits>',
    })
    .optional(),
  SITE_NAME: z.string().default('Masthead'),
  SITE_URL: baseUrl.optional(),
  SITE_LOCALE: locale.default('zh-CN'),
  SITE_TIMEZONE: timeZone.default('UTC'),
  API_URL: baseUrl.optional(),
  ARTICLE_URL_PATTERN: z
    .string()
    .regex(/^\/.*\{slug\}/, { error: 'must begin with / and contain {slug}' })
    .refine(
      (pattern) =>
        [...pattern.matchAll(/\{([^}]*)\}/g)].every(([, name]) =>
          ['slug', 'locale', 'year', 'month'].includes(name ?? ''),
        ),
      { error: 'may contain {slug}, {locale}, {year} and {month}, nothing else in braces' },
    )
    .default('/{slug}'),
  MEDIA_BASE_URL: baseUrl.optional(),
  PUBLIC_META: list.default([]),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('info'),
  TRUST_PROXY: trustProxy.default(false),
  CORS_ORIGINS: z
    .string()
    .transform((value): '*' | string[] =>
      value === '*' ? '*' : value.split(',').map((origin) => origin.trim()),
    )
    .refine((origins) => origins === '*' || origins.every((origin) => URL.parse(origin)?.origin === origin), {
      error: 'must be * or a comma list of origins, such as https://example.org',
    })
    .default('*'),
  CDN_MAX_AGE: seconds.default(60),
  CDN_STALE_WHILE_REVALIDATE: seconds.default(30),
  CDN_STALE_IF_ERROR: seconds.default(3_600),
  RATE_LIMIT_READS: rate.default({ count: 200, perMs: 1_000, burst: 2_000 }),
  RATE_LIMIT_WRITES: rate.default({ count: 100, perMs: 1_000, burst: 1_000 }),
  RATE_LIMIT_FAILED_KEYS: rate.default({ count: 10, perMs: 60_000, burst: 10 }),
})

/** Masthead's settings, checked and complete. */
export interface Config {
  host: string
  port: number
  /** Absent: the embedded database. */
  databaseUrl: string | undefined
  dataDir: string
  adminKey: string | undefined
  siteName: string
  /** Address of the readers' site, without a slash at its end. */
  siteUrl: string
  siteLocale: string
  siteTimeZone: string
  /** Address of this API, without a slash at its end. */
  apiUrl: string
  articleUrlPattern: string
  mediaBaseUrl: string | undefined
  /** Front matter keys outside the known ones that readers without a key may see. */
  publicMeta: readonly string[]
  logLevel: string
  trustProxy: boolean | number | string[]
  corsOrigins: '*' | string[]
  /** How long CDNs may keep what everybody may read, in seconds: as it is, while they ask again, while we are away. */
  cdn: { maxAge: number; staleWhileRevalidate: number; staleIfError: number }
  /** How much callers may ask of one node; null: as much as they like. */
  rateLimits: {
    /** Reads that no cache answers: per key, without one per address. */
    reads: Rate | null
    /** Per key. */
    writes: Rate | null
    /** Keys that are not valid, per address. */
    failedKeys: Rate | null
  }
}

/** The environment is not usable; `problems` has a sentence for each variable that is wrong. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the settings from environment variables.
 * @throws ConfigError naming every variable that is wrong, at once.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = Environment.safeParse(given)
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  const env = result.data
  const ownUrl = `http://${ownHost(env.HOST)}:${env.PORT}`
  return {
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.MASTHEAD_DATA_DIR,
    adminKey: env.MASTHEAD_ADMIN_KEY,
    siteName: env.SITE_NAME,
    siteUrl: env.SITE_URL ?? ownUrl,
    siteLocale: env.SITE_LOCALE,
    siteTimeZone: env.SITE_TIMEZONE,
    apiUrl: env.API_URL ?? ownUrl,
    articleUrlPattern: env.ARTICLE_URL_PATTERN,
    mediaBaseUrl: env.MEDIA_BASE_URL,
    publicMeta: env.PUBLIC_META,
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY,
    corsOrigins: env.CORS_ORIGINS,
    cdn: {
      maxAge: env.CDN_MAX_AGE,
      staleWhileRevalidate: env.CDN_STALE_WHILE_REVALIDATE,
      staleIfError: env.CDN_STALE_IF_ERROR,
    },
    rateLimits: {
      reads: env.RATE_LIMIT_READS,
      writes: env.RATE_LIMIT_WRITES,
      failedKeys: env.RATE_LIMIT_FAILED_KEYS,
    },
  }
}

/** The host by which this machine reaches a server that listens on `host`. */
function ownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
