import authorExample from './examples/author.json' with { type: 'json' }
import authorsExample from './examples/authors.json' with { type: 'json' }
import tagExample from './examples/tag.json' with { type: 'json' }
import tagsExample from './examples/tags.json' with { type: 'json' }
import topicExample from './examples/topic.json' with { type: 'json' }
import topicsExample from './examples/topics.json' with { type: 'json' }
import {
  Author,
  AuthorInput,
  AuthorPatch,
  Tag,
  TagInput,
  TagPatch,
  Topic,
  TopicInput,
  TopicPatch,
} from './schemas.ts'

/** What the routes of a vocabulary differ in. */
export const termKinds = {
  tag: {
    kind: 'tag',
    path: '/tags',
    Name: 'Tag',
    one: 'tag',
    anyOne: 'a tag',
    many: 'tags',
    order: 'Ordered by slug',
    Term: Tag,
    Input: TagInput,
    Patch: TagPatch,
    example: tagExample,
    listExample: tagsExample,
    inputExample: { name: 'OpenAI', aliases: ['Open AI'] },
    patchExample: { name: 'OpenAI', aliases: ['Open AI', 'OpenAI Inc.'] },
  },
  topic: {
    kind: 'topic',
    path: '/topics',
    Name: 'Topic',
    one: 'topic',
    anyOne: 'a topic',
    many: 'topics',
    order: 'In the order of the site’s navigation',
    Term: Topic,
    Input: TopicInput,
    Patch: TopicPatch,
    example: topicExample,
    listExample: topicsExample,
    inputExample: { name: '产业', description: '公司、资本与市场', position: 2 },
    patchExample: { position: 1 },
  },
  author: {
    kind: 'author',
    path: '/authors',
    Name: 'Author',
    one: 'author',
    anyOne: 'an author',
    many: 'authors',
    order: 'Ordered by slug',
    Term: Author,
    Input: AuthorInput,
    Patch: AuthorPatch,
    example: authorExample,
    listExample: authorsExample,
    inputExample: { name: 'Lin Lan', bio: 'Writes about cities.', url: 'https://example.org/lin-lan' },
    patchExample: { bio: 'Writes about cities and their libraries.' },
  },
} as const
