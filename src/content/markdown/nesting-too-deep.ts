/** Markdown that nests deeper than readers or stacks can follow. `excerpt` is how the offending part begins. */
export class NestingTooDeep extends Error {
  override readonly name = 'NestingTooDeep'
  readonly excerpt: string

  constructor(excerpt: string) {
    super('The text is nested too deeply.')
    this.excerpt = excerpt
  }
}
