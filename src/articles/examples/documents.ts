/** A story as an editor POSTs it. */
export const inputExample = {
  title: 'City council approves the harbour bridge',
  summary: 'After nine years of plans the bridge gets its money: 48 million, and a cycle lane.',
  body: 'The council voted 31 to 12 for the harbour bridge on Tuesday.[^1]\n\n## References\n[^1]: [Minutes of the council, 1 July 2025](https://example.org/council/minutes/2025-07-01) (2025-07-01)\n',
  tags: ['Harbour', 'Traffic'],
  topics: ['City'],
  authors: ['Li Na'],
  locale: 'en',
  status: 'published',
}

/** The same as a document. */
export const documentExample = `---
title: City council approves the harbour bridge
draft: false
locale: en
summary: "After nine years of plans the bridge gets its money: 48 million, and a cycle lane."
tags: [Harbour, Traffic]
main_topics: [City]
authors: [Li Na]
---

The council voted 31 to 12 for the harbour bridge on Tuesday.[^1]

## References
[^1]: [Minutes of the council, 1 July 2025](https://example.org/council/minutes/2025-07-01) (2025-07-01)
`

/** A correction: two fields, and all other lines of the document stay as they are. */
export const patchExample = {
  summary: 'After nine years of plans the bridge gets its money: 46 million, and a cycle lane.',
  tags: ['Harbour', 'Traffic', 'Budget'],
}
