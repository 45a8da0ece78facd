import { execFileSync } from 'node:child_process'

const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1,IP:::ffff:127.0.0.1'

/** A key and a certificate for this machine that nobody else signed, made anew and valid for two days. */
export const selfSigned = (): { key: string; cert: string } => {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const made = ['req', '-x509', ...curve, '-days', '2', '-subj', '/CN=localhost', '-addext', names]
  const text = execFileSync('openssl', [...made, '-keyout', '-', '-out', '-'], { encoding: 'utf8', stdio: 'pipe' })
  const part = (kind: string) => new RegExp(`-----BEGIN ${kind}-----[^]+-----END ${kind}-----\\n`).exec(text)?.[0] ?? ''
  return { key: part('PRIVATE KEY'), cert: part('CERTIFICATE') }
}
