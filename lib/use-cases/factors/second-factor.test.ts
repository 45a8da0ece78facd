import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '#lib/domain/failure.ts'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'
import { factorLimit } from './second-factor.ts'

const email = 'marie@atelier.example'
const stepMs = 30_000

let mails: MailServer
let accountsApp: AccountsApp

beforeEach(async () => {
  mails = await startMailServer()
  accountsApp = await openAccountsApp({ ...mails.settings, REQUIRE_SECOND_FACTOR: 'support' })
})
afterEach(async () => {
  await accountsApp.close()
  await mails.close()
})

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'in',
    (error: unknown) => (error instanceof Failure ? error.code : error),
  )

const signIn = async (address = email) => {
  const { id } = await accountsApp.app.signIn.begin({ email: address, password: passphrase, ip: null })
  return { id, session: await sessionOf(id) }
}

const sessionOf = async (id: string) => {
  const session = await accountsApp.app.sessions.find(id)
  if (!session) throw new Error('no session')
  return session
}

/** What the app on somebody's phone shows now. */
const shownBy = (secret: string) => TOTP.generate({ secret: new TOTP({ secret }).secret, timestamp: now() })

const now = () => accountsApp.app.clock.now().getTime()

const enrol = async (address = email) => {
  const { app } = accountsApp
  const { id, session } = await signIn(address)
  const { secret, sealed } = await app.manageFactors.offerTotp(session.user, null)
  const { codes, renewed } = await app.manageFactors.addTotp(session, sealed, shownBy(secret))
  return { former: id, id: renewed.session.id, secret, codes: codes ?? [], user: session.user }
}

describe('with an authenticator app', () => {
  test('a password alone opens nothing; the code of the app does, once, and none before it', async () => {
    const { app, addAdmin, pass } = accountsApp
    await addAdmin(email)
    const { former, id: first, secret } = await enrol()
    expect((await sessionOf(first)).awaits).toBeNull()
    expect(await app.sessions.find(former)).toBeNull()
    pass(stepMs)
    const { id, session } = await signIn()
    expect(session.awaits).toBe('second_factor')
    expect(await app.sessions.findUser(id)).toBeNull()
    const code = shownBy(secret)
    expect(await codeOf(app.secondFactor.byCode(session, '12345', null))).toBe('code_wrong')
    const opened = await app.secondFactor.byCode(session, ` ${code.slice(0, 3)} ${code.slice(3)} `, null)
    expect(await app.sessions.findUser(opened.session.id)).toMatchObject({ email })
    expect(await app.sessions.find(id)).toBeNull()
    const again = await signIn()
    expect(await codeOf(app.secondFactor.byCode(again.session, code, null))).toBe('code_wrong')
    pass(stepMs)
    expect(await codeOf(app.secondFactor.byCode(again.session, code, null))).toBe('code_wrong')
    expect(await codeOf(app.secondFactor.byCode(again.session, shownBy(secret), null))).toBe('in')
  })

  test('the code that set it up does not open a session as well, nor does another user’s', async () => {
    const { app, addAdmin, pass } = accountsApp
    await addAdmin(email)
    await addAdmin('luc@atelier.example')
    const { secret } = await enrol()
    const luc = await enrol('luc@atelier.example')
    const { session } = await signIn()
    expect(await codeOf(app.secondFactor.byCode(session, shownBy(secret), null))).toBe('code_wrong')
    pass(stepMs)
    expect(await codeOf(app.secondFactor.byCode(session, shownBy(luc.secret), null))).toBe('code_wrong')
  })

  test('of twenty who send the same code at once one gets in', async () => {
    const { app, addAdmin, pass } = accountsApp
    await addAdmin(email)
    const { secret, user } = await enrol()
    pass(stepMs)
    const step = app.totp.stepOf(secret, shownBy(secret), app.clock.now()) ?? 0
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => app.store.factors.takeTotp(user.id, step, app.clock.now())),
    )
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  test('a session that was open before is asked for it as well', async () => {
    const { addAdmin } = accountsApp
    await addAdmin(email)
    const older = await signIn()
    await enrol()
    expect((await sessionOf(older.id)).awaits).toBe('second_factor')
  })

  test('ten wrong codes, then nobody from an unknown browser; a known one has ten of its own', async () => {
    const { app, addAdmin, pass } = accountsApp
    await addAdmin(email)
    const { secret, user } = await enrol()
    pass(stepMs)
    const { session } = await signIn()
    for (let turn = 0; turn < factorLimit.limit; turn += 1)
      expect(await codeOf(app.secondFactor.byCode(session, '000000', null))).toBe('code_wrong')
    expect(await codeOf(app.secondFactor.byCode(session, shownBy(secret), null))).toBe('too_many_attempts')
    const known = { id: 'a browser', users: [{ id: user.id, until: new Date(now() + 1e9) }] }
    expect(await codeOf(app.secondFactor.byCode(session, shownBy(secret), known))).toBe('in')
  })

  test('a sealed secret of somebody else sets nothing up, nor does a wrong code', async () => {
    const { app, addAdmin } = accountsApp
    await addAdmin(email)
    await addAdmin('luc@atelier.example')
    const [marie, luc] = [await signIn(), await signIn('luc@atelier.example')]
    const { secret, sealed } = await app.manageFactors.offerTotp(luc.session.user, null)
    expect(await codeOf(app.manageFactors.addTotp(marie.session, sealed, shownBy(secret)))).toBe('code_wrong')
    expect(await codeOf(app.manageFactors.addTotp(luc.session, sealed, '000000'))).toBe('code_wrong')
    expect(await app.manageFactors.offerTotp(luc.session.user, sealed)).toMatchObject({ secret, sealed })
  })
})

describe('recovery codes', () => {
  test('there are ten, each opens once, however it is written; newer ones take their place', async () => {
    const { app, addAdmin } = accountsApp
    await addAdmin(email)
    const { codes, user } = await enrol()
    expect(new Set(codes).size).toBe(10)
    const [code = ''] = codes
    expect(code).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}$/)
    const { session } = await signIn()
    const opened = await app.secondFactor.byRecoveryCode(session, ` ${code.toUpperCase().replace('-', ' ')}`, null)
    expect(await app.sessions.findUser(opened.session.id)).not.toBeNull()
    const next = await signIn()
    expect(await codeOf(app.secondFactor.byRecoveryCode(next.session, code, null))).toBe('recovery_code_wrong')
    expect((await app.manageFactors.read(user)).codes.left).toBe(9)
    const newer = await app.manageFactors.renewCodes(user)
    const [, second = ''] = codes
    expect(await codeOf(app.secondFactor.byRecoveryCode(next.session, second, null))).toBe('recovery_code_wrong')
    expect(await codeOf(app.secondFactor.byRecoveryCode(next.session, newer[0] ?? '', null))).toBe('in')
    const stored = JSON.stringify(await accountsApp.db.q.select().from(accountsApp.db.tables.recoveryCodes))
    for (const one of newer) expect(stored).not.toContain(one.replace('-', ''))
  })
})

describe('whoever must have one', () => {
  const support = 'support@pro-plus.example'
  const addSupport = () =>
    accountsApp.app.createAccounts.addUser(
      { email: support, role: 'support', tenantId: null, password: passphrase },
      operator,
    )

  test('sets it up before anything else, keeps the last, and is told of each change', async () => {
    const { app } = accountsApp
    await addSupport()
    const { id } = await signIn(support)
    expect((await sessionOf(id)).awaits).toBe('enrolment')
    expect(await app.sessions.findUser(id)).toBeNull()
    const enrolled = await enrol(support)
    expect(await app.sessions.findUser(enrolled.id)).toMatchObject({ role: 'support' })
    expect(await codeOf(app.manageFactors.remove(enrolled.user, 'totp'))).toBe('factor_required')
    const [mail] = await mails.mailsTo(support)
    expect(mail?.subject).toBe('Votre second facteur a changé')
  })

  test('is let back in by the operator’s command, to set it up anew', async () => {
    const { app, pass } = accountsApp
    await addSupport()
    const { id } = await enrol(support)
    expect(await app.manageFactors.reset(` ${support.toUpperCase()}`)).toBe(true)
    expect(await app.manageFactors.reset('nobody@pro-plus.example')).toBe(false)
    expect(await app.sessions.find(id)).toBeNull()
    pass(1)
    expect((await signIn(support)).session.awaits).toBe('enrolment')
    expect(await accountsApp.journal()).toContain('factor.reset ok')
  })

  test('is not asked when the company vouches for them', async () => {
    const { app } = accountsApp
    await addSupport()
    const identity = { issuer: 'https://id.example', subject: '1', verifiedEmail: support }
    const { id } = await app.signInWithOidc.begin(identity, { ip: null, device: null })
    expect(await app.sessions.findUser(id)).toMatchObject({ role: 'support' })
  })

  test('others may have one, and give it up again with its recovery codes', async () => {
    const { app, addAdmin } = accountsApp
    await addAdmin(email)
    const { user } = await enrol()
    await app.manageFactors.remove(user, 'totp')
    expect(await app.manageFactors.read(user)).toEqual({ totp: null, passkeys: [], codes: { left: 0, madeAt: null } })
    expect((await signIn()).session.awaits).toBeNull()
  })
})
