export { type FileOutcome, importFolder } from './import-folder.ts'
export { outcomeLines, summaryLine } from './report.ts'
export { seedsFolder } from './seeds.ts'
