// Makes a clone ready to run, with whatever Node the system has: packages, Node 26, the database's libraries, the
// generated client. Silent when nothing is to be done. This file keeps to what Node 12 can read, so that an older
// Node gets a sentence and no syntax error.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Masthead needs Node 20.19 or newer to install itself; this is ${process.versions.node}.`)
  process.exit(1)
}

import('./prepare/prepare.mjs').then(({ prepare }) => prepare())
