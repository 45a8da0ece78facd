import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'

// Run by npm when it is done. npm 9 and 10 take `node_modules/.bin/node` away again with the package of the other processor, whose
// program has the same name: npm scripts would then run by whatever Node launched npm.
const bin = 'node_modules/.bin/node'
const brought = `node-linux-${process.arch}/bin/node`
if (process.platform === 'linux' && !existsSync(bin) && existsSync(`node_modules/${brought}`)) {
  mkdirSync('node_modules/.bin', { recursive: true })
  // one that leads nowhere
  rmSync(bin, { force: true })
  symlinkSync(`../${brought}`, bin)
}
