import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../lib/adapters/store/engine/database.ts'
import { openDatabase } from '../../lib/adapters/store/engine/open-database.ts'
import { serveCommand } from '../../lib/commands/demo/build.ts'
import { type Running, startNode, untilAnswering } from '../../lib/commands/demo/processes.ts'
import { type Container, createContainer } from '../../lib/composition/container.ts'
import { parseEnv } from '../../lib/composition/env.ts'
import { type RemoteControl, remoteControl } from '../../lib/sandbox/control/remote-control.ts'
import { providerSettings } from '../../lib/sandbox/provider-settings.ts'
import { type Sandbox, startSandbox } from '../../lib/sandbox/server.ts'
import { seededIntegrations } from '../../lib/sandbox/teamleader/seeds.ts'

const workerCommand = ['--import', 'tsx', 'lib/commands/worker.ts']

export const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  return typeof address === 'object' && address ? address.port : 0
}

/** The built app in processes and on a database of its own, and a bac à sable of its own in this process. */
export class AppServer {
  /** Every process of the product there was, the killed ones included. */
  private readonly apps: Running[] = []

  private constructor(
    readonly url: string,
    readonly sandbox: RemoteControl,
    private readonly sandboxServer: Sandbox,
    private readonly folder: string,
    readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** @param more settings beside those that every app has. */
  static async open(more: Record<string, string> = {}): Promise<AppServer> {
    const [port, apiPort] = [await freePort(), await freePort()]
    const folder = mkdtempSync(join(tmpdir(), 'porte-cles-e2e-'))
    const url = more.PUBLIC_URL ?? `http://localhost:${port}`
    const sandbox = await startSandbox({ port: 0, signInPort: 0, integrations: seededIntegrations(url) })
    const settings = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      API_HOST: '127.0.0.1',
      API_PORT: String(apiPort),
      PUBLIC_URL: url,
      DATABASE_URL: `file:${join(folder, 'porte-cles.db')}`,
      ENCRYPTION_KEYS: `e2e:${randomBytes(32).toString('base64')}`,
      NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
      ...providerSettings(sandbox.url),
      LOG_LEVEL: 'trace',
      REQUIRE_SECOND_FACTOR: 'none',
      ...more,
    }
    const server = new AppServer(url, remoteControl(sandbox.url), sandbox, folder, settings)
    try {
      await server.start()
    } catch (error) {
      await server.close()
      throw error
    }
    return server
  }

  /** Where it listens itself, whatever stands before it. */
  get plainUrl(): string {
    return `http://127.0.0.1:${this.settings.PORT}`
  }

  get sandboxUrl(): string {
    return this.sandboxServer.url
  }

  /** Where back ends are answered. */
  get apiUrl(): string {
    return `http://${this.settings.API_HOST}:${this.settings.API_PORT}`
  }

  /** Of the newest process. */
  get pid(): number | undefined {
    return this.apps.at(-1)?.child.pid
  }

  /** Starts an app process, the second one on other ports. @returns its own address. */
  async start(port = Number(this.settings.PORT), apiPort = Number(this.settings.API_PORT)): Promise<string> {
    const environment = { ...process.env, ...this.settings, PORT: String(port), API_PORT: String(apiPort) }
    const app = startNode(serveCommand, environment)
    this.apps.push(app)
    await untilAnswering(app, `http://127.0.0.1:${port}/api/health`)
    return `http://127.0.0.1:${port}`
  }

  async startSecond(): Promise<string> {
    return this.start(await freePort(), await freePort())
  }

  /** Starts `npm run worker` beside an app with `WORKER=external`. */
  async startWorker(): Promise<void> {
    const worker = startNode(workerCommand, { ...process.env, ...this.settings })
    this.apps.push(worker)
    await untilAnswering(worker, `${this.apiUrl}/api/ready`)
  }

  /** Sends the newest process a signal. @returns its exit code once it has ended; null when the signal itself ended it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const app = this.apps.at(-1)
    if (!app || app.child.exitCode !== null || app.child.signalCode !== null) return null
    const gone = once(app.child, 'exit')
    app.child.kill(signal)
    const [code] = await gone
    return code
  }

  /** Kills the newest process at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  /** What the operator's command does, without the second that a process of its own takes. */
  async compose<T>(run: (container: Container) => Promise<T>): Promise<T> {
    const container = await createContainer(parseEnv({ ...this.settings, LOG_LEVEL: 'silent' }))
    // closed at once: a handle of ours would keep a killed app's database from having to recover
    return run(container).finally(container.close)
  }

  /** The database by a handle of its own, to move in it what only time moves. */
  async inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase(this.settings.DATABASE_URL ?? '')
    return work(db).finally(db.close)
  }

  /** Everything the app's processes printed so far. */
  output(): string {
    return this.apps.map(({ output }) => output()).join('')
  }

  /** The bytes of the database, its write-ahead log included. */
  storedBytes(): Buffer {
    return Buffer.concat(readdirSync(this.folder).map((name) => readFileSync(join(this.folder, name))))
  }

  get databaseFile(): string {
    return join(this.folder, 'porte-cles.db')
  }

  async close(): Promise<void> {
    await Promise.all([...this.apps, this.sandboxServer].map(({ stop }) => stop()))
    rmSync(this.folder, { recursive: true, force: true })
  }
}
