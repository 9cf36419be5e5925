/** `npm run openapi`: writes openapi.json, the description of the API that clients are generated from. */
import { writeFile } from 'node:fs/promises'
import { openApiDocument, openApiFile } from './openapi-document.ts'

await writeFile(openApiFile, await openApiDocument())
process.stdout.write('Wrote openapi.json.\n')
