/** Whether a method reads a representation, and nothing else (RFC 9110 §9.2.1 has it safe). */
export const isRead = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD'
