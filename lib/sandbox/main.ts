import { startSandbox } from './server.ts'
import { seededIntegrations, users } from './teamleader/seeds.ts'

const {
  SANDBOX_PORT = '4010',
  SANDBOX_SIGN_IN_PORT = '4011',
  SANDBOX_MAIL_PORT = '4012',
  SANDBOX_PUBLIC_URL = 'http://localhost:3000',
} = process.env

const sandbox = await startSandbox({
  port: Number(SANDBOX_PORT),
  signInPort: Number(SANDBOX_SIGN_IN_PORT),
  mailPort: Number(SANDBOX_MAIL_PORT),
  integrations: seededIntegrations(SANDBOX_PUBLIC_URL),
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
}

const signIns = users.map(({ email, password }) => `${email} / ${password}`).join(', ')
console.log(`bac à sable: ${sandbox.url} (${signIns}), courrier: ${sandbox.smtpUrl}`)
