/** A key as its admins read it. */
export const keyExample = {
  id: 'Zq3vT9mLwK2x',
  name: 'Science desk',
  role: 'author',
  expiresAt: '2027-01-01T00:00:00.000Z',
  locales: ['zh-CN'],
  topics: [{ slug: 'ai', name: 'AI' }],
  lastUsedAt: '2026-11-23T20:06:31.418Z',
  createdAt: '2026-11-02T08:12:44.027Z',
  createdBy: 'b7HnQ4sXe0Rd',
  previousValidUntil: null,
}

/** The same when it is made. */
export const newKeyExample = {
  ...keyExample,
  lastUsedAt: null,
  key: 'mh_Zq3vT9mLwK2x_theSecretOfThisExampleOpensNothingAnywhere0',
}

/** What it was made of. */
export const keyInputExample = {
  name: 'Science desk',
  role: 'author',
  expiresAt: '2027-01-01T00:00:00Z',
  locales: ['zh-CN'],
  topics: ['AI'],
}
