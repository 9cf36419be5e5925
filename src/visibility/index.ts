export { isPublic } from './is-public.ts'
