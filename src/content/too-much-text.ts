/** Markdown that takes too long to read for what it says. `excerpt` is how the offending part begins. */
export class TooMuchText extends Error {
  override readonly name = 'TooMuchText'
  readonly excerpt: string

  constructor(excerpt: string, message: string) {
    super(message)
    this.excerpt = excerpt
  }
}
