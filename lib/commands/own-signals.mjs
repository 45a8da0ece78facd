import './require-node.mjs'

// Loaded before Next, which else ends the process on SIGTERM within milliseconds: `lib/composition/graceful-shutdown.ts` does it in order.
process.env.NEXT_MANUAL_SIG_HANDLE = 'true'
