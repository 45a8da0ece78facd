import { describe, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'

const operator = { kind: 'operator' } as const

describe.each(['SQLite', 'PostgreSQL'])('a note on an incident on %s', (dialect) => {
  test('is one for all of support, who sees whose it is; a newer one is never overwritten unseen', async () => {
    const testApp = await openTestApp({}, dialect)
    const { app } = testApp
    const hire = async (email: string) => {
      const account = { email, role: 'support', tenantId: null, password: 'une phrase assez longue' } as const
      await app.createAccounts.addUser(account, operator)
      const found = await app.store.accounts.findSignIn(email)
      if (found?.user.role !== 'support') throw new Error('no support')
      return found.user
    }
    const [anne, paul] = [await hire('anne@pro-plus.example'), await hire('paul@pro-plus.example')]
    const { admin, integration } = await testApp.connected()
    const other = await testApp.addAdmin()
    await testApp.control.script({ clientId: integration.clientId }, [{ revoke: true }])
    await app.refreshDueTokens.refreshNow(admin.tenantId, 'teamleader')

    const shown = async () => {
      const [incident] = await app.store.incidents.listLately(admin.tenantId, 1)
      if (!incident) throw new Error('no incident')
      return incident
    }
    const seen = async (of: Admin = admin) => {
      const { id, note } = await shown()
      return { tenantId: of.tenantId, incidentId: id, notedAt: note?.at ?? null }
    }
    const first = await seen()
    await app.noteIncident(anne, first, '  Rappelé :\r\nMme Peeters s’en occupe. ')
    expect((await shown()).note).toMatchObject({ text: 'Rappelé :\nMme Peeters s’en occupe.', by: 'anne' })
    await expect(app.noteIncident(paul, first, 'Autre')).rejects.toMatchObject({ code: 'note_changed' })
    await expect(app.noteIncident(paul, await seen(other), 'Autre')).rejects.toMatchObject({ code: 'note_changed' })
    for (const wrong of ['', ' \n ', 'x'.repeat(501), 'a\u202Eb'])
      await expect(app.noteIncident(paul, await seen(), wrong)).rejects.toMatchObject({ code: 'note_malformed' })
    testApp.clock.pass(1_000)
    await app.noteIncident(paul, await seen(), 'Reconnecté avec elle.')
    expect((await shown()).note).toMatchObject({ text: 'Reconnecté avec elle.', by: 'paul' })
    await app.noteIncident(anne, await seen(), null)
    expect((await shown()).note).toBeNull()
    const entries = await testApp.journal(admin)
    expect(entries.filter((entry) => entry.startsWith('incident.note'))).toEqual([
      'incident.noted ok',
      'incident.noted ok',
      'incident.note_removed ok',
    ])
    await testApp.close()
  })
})
