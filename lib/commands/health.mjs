// `node health.mjs [PORT]`, in the image: status 0 while the process beside it answers.
const port = process.argv[2] ?? process.env.PORT ?? '3000'

try {
  const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(4_000) })
  process.exitCode = answer.ok ? 0 : 1
} catch {
  process.exitCode = 1
}
