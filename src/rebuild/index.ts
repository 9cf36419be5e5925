export { rebuild } from './rebuild.ts'
