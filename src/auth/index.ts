export { authenticate } from './authenticate.ts'
export { bootstrapAdminKey } from './bootstrap-admin-key.ts'
export { keyRequired } from './errors.ts'
export { type Actor, isAllowed } from './permissions.ts'
