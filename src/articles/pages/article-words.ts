import type { Article } from '../schemas.ts'

/** What a page says in words of its own. */
export interface ArticleWords {
  /** The language of these words (BCP 47). */
  language: string
  updated: string
  readingTime: (minutes: number) => string
  notes: string
  /** The heading of citations that nothing in the text refers to. */
  furtherSources: string
  tags: string
  alsoIn: string
  corrections: string
  correction: Readonly<Record<Article['corrections'][number]['type'], string>>
  /** Above an article that readers don't see, by its status. */
  notPublic: Readonly<Record<Article['status'], string>>
}

const english: ArticleWords = {
  language: 'en',
  updated: 'Updated',
  readingTime: (minutes) => `${minutes} min read`,
  notes: 'Notes',
  furtherSources: 'Further sources',
  tags: 'Tags',
  alsoIn: 'Also in',
  corrections: 'Corrections',
  correction: {
    correction: 'Correction',
    clarification: 'Clarification',
    update: 'Update',
    editorsNote: 'Editor’s note',
    retraction: 'Retraction',
  },
  notPublic: {
    draft: 'Draft. Readers don’t see this article.',
    review: 'In review. Readers don’t see this article yet.',
    scheduled: 'Scheduled. Readers don’t see this article yet.',
    published: 'Readers don’t see this article any more.',
  },
}

const simplifiedChinese: ArticleWords = {
  language: 'zh-Hans',
  updated: '更新于',
  readingTime: (minutes) => `阅读约 ${minutes} 分钟`,
  notes: '注释',
  furtherSources: '其他资料来源',
  tags: '标签',
  alsoIn: '其他语言',
  corrections: '更正',
  correction: {
    correction: '更正',
    clarification: '说明',
    update: '更新',
    editorsNote: '编者注',
    retraction: '撤稿',
  },
  notPublic: {
    draft: '草稿，读者看不到这篇文章。',
    review: '审稿中，读者还看不到这篇文章。',
    scheduled: '已定时发布，读者还看不到这篇文章。',
    published: '读者已看不到这篇文章。',
  },
}

const traditionalChinese: ArticleWords = {
  language: 'zh-Hant',
  updated: '更新於',
  readingTime: (minutes) => `閱讀約 ${minutes} 分鐘`,
  notes: '註釋',
  furtherSources: '其他資料來源',
  tags: '標籤',
  alsoIn: '其他語言',
  corrections: '更正',
  correction: {
    correction: '更正',
    clarification: '說明',
    update: '更新',
    editorsNote: '編者註',
    retraction: '撤稿',
  },
  notPublic: {
    draft: '草稿，讀者看不到這篇文章。',
    review: '審稿中，讀者還看不到這篇文章。',
    scheduled: '已排定發布，讀者還看不到這篇文章。',
    published: '讀者已看不到這篇文章。',
  },
}

/** The words of an article's page, in its language; in English where there are none. */
export function articleWords(locale: string): ArticleWords {
  const { language, script } = new Intl.Locale(locale).maximize()
  if (language !== 'zh') return english
  return script === 'Hant' ? traditionalChinese : simplifiedChinese
}
