import type { Deriver } from './create-deriver.ts'

/** Who sends a request. */
interface Asker {
  readonly actor: { readonly id: string } | null
  readonly ip: string
}

/**
 * What a request is handed, with its documents waiting in the line of who asks: one key at one address, so that
 * neither one key's import nor one busy address keeps the others waiting.
 */
export function onBehalfOf<Handed extends { readonly deriver: Deriver }>(
  handed: Handed,
  { actor, ip }: Asker,
): Handed {
  return { ...handed, deriver: handed.deriver.onBehalfOf(`${actor?.id ?? ''} ${ip}`) }
}
