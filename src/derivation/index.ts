export { createDeriver, type Deriver } from './create-deriver.ts'
