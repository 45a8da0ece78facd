// Imported before everything else by whatever starts a process: an older Node would die of a segmentation fault in SQLite.
const oldest = [22, 14]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `Porte-clés needs Node ${oldest.join('.')} or newer; this is ${process.versions.node}. ` +
      'Start it by an npm script (npm ci brings Node 24 on Linux), or install Node 24.\n',
  )
  process.exit(1)
}
