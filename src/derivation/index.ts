export { createDeriver, type Deriver } from './create-deriver.ts'
export { onBehalfOf } from './on-behalf-of.ts'
