import { smallApp } from '#tests/unit/platform/http/small-app.ts'
import { launchChromium, useReadableFonts } from './chromium.ts'

const app = await smallApp({
  openapi: {
    serverUrl: 'http://127.0.0.1:3998',
    version: '1',
    tags: [{ name: 'Stories', description: 'x' }],
  },
})
await app.listen({ port: 3998, host: '127.0.0.1' })
const b = await launchChromium()
const p = await b.newPage({ viewport: { width: 1440, height: 1000 } })
p.on('console', (m) => console.log('console', m.type(), m.text()))
p.on('request', (r) => console.log('req', r.url().slice(0, 100)))
p.on('requestfailed', (r) => console.log('FAILED', r.url().slice(0, 100), r.failure()?.errorText))
await p.goto('http://masthead.test:3998/docs/')
await p.waitForTimeout(4000)
await p.getByRole('button', { name: 'Test Request (get /v1/stories)', exact: true }).click()
await p.waitForTimeout(1000)
await p.getByRole('button', { name: /^Send get request/ }).click()
await p.waitForTimeout(2000)
await useReadableFonts(p)
await p.screenshot({ path: '/tmp/h/docs2.png' })
console.log(await p.getByRole('dialog').ariaSnapshot())
await p.keyboard.press('Escape')
await p.waitForTimeout(500)
await p.screenshot({ path: '/tmp/h/docs1.png' })
await b.close()
await app.close()
