export { createLimits, type Limits, limitAddresses, limitKeys } from './limit-requests.ts'
export { createOverloadGuard } from './shed-overload.ts'
