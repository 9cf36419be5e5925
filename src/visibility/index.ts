export { isPublic } from './is-public.ts'
export { wasWithdrawn } from './was-withdrawn.ts'
